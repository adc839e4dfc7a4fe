// What an ensemble says and keeps when the disk is full, when files are damaged, when two programs meet.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/app/ensembles.hpp"

namespace lodestone::app {
namespace {

namespace fs = std::filesystem;

class DamagedEnsembles : public Ensembles {
 protected:
  const std::string kMany_ = kWords_.substr(0, kWords_.find("--members")) + "--members 1500 --threads 2";

  static void put(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
  // As in a shell that did something before.
  Answer shell(const std::string& script) const {
    put(out_.path() / "script.sh", script);
    const std::string line =
        "cd '" LODESTONE_SOURCE_DIR "' && /bin/sh '" + (out_.path() / "script.sh").string() + "' 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    Answer answer;
    char buffer[4096];
    while (const auto count = std::fread(buffer, 1, sizeof buffer, pipe)) answer.text.append(buffer, count);
    answer.code = WEXITSTATUS(::pclose(pipe));
    return answer;
  }
};

TEST_F(DamagedEnsembles, AFullDiskStopsCleanlySaysWhatIsMissingAndGoesOn) {
  const fs::path disk = out_.path() / "disk";
  fs::create_directory(disk);
  const std::string mount = "mount -t tmpfs -o size=300k tmpfs '" + disk.string() + "'";
  if (shell("unshare --mount --map-root-user " + mount).code != 0)
    GTEST_SKIP() << "no small file system can be mounted";
  const std::string program = "LODESTONE_OUT='" + disk.string() + "' '" + program_ + "' ";
  put(out_.path() / "inside.sh", mount + "\n" + program + kMany_ + "; echo \"code $?\"\n" +   //
                                     program + "resume r0001; echo \"again $?\"\n" +          //
                                     "mount -o remount,size=30m '" + disk.string() + "'\n" +  //
                                     program + "runs\n" + program + "resume r0001; echo \"then $?\"\n" + "mkdir '" +
                                     (out_.path() / "runs").string() + "'\n" +  //
                                     "cp -r '" + (disk / "runs").string() + "' '" + out_.path().string() + "'\n");
  const auto answer = shell("unshare --mount --map-root-user /bin/sh '" + (out_.path() / "inside.sh").string() + "'");
  const auto says = [&](const std::string& words) {
    EXPECT_NE(answer.text.find(words), std::string::npos) << words << " in:\n" << answer.text;
  };
  says("members-0000.log: cannot be written: No space left on device");
  says(" of 1500 futures are kept; the rest needs 0.");
  says("'lodestone resume r0001-toy-ensemble' goes on");
  says("code 1");
  says("again 1");
  says("incomplete");
  says("1500 futures of 24 months");
  says("then 0");
  // The catalogue stayed on the small disk: this is another r0001.
  fs::rename(folder(1), out_.path() / "from-small-disk");
  expect(run(kMany_), 0, "1500 futures of 24 months");
  EXPECT_TRUE(content(folder(1)).text == content(out_.path() / "from-small-disk").text);
}

TEST_F(DamagedEnsembles, AFileThatMayNotGrowIsNamed) {
  const std::string program = "LODESTONE_OUT='" + out_.path().string() + "' '" + program_ + "' ";
  const auto limited = shell("ulimit -f 300\n" + program + kMany_);
  expect(limited, 1, "members-0000.log: cannot be written: File too large");
  expect(limited, 1, "'lodestone resume r0001-toy-ensemble' goes on");
  expect(run("resume r0001"), 0, "1500 futures of 24 months");
  expect(run(kMany_), 0, "1500 futures of 24 months");
  EXPECT_TRUE(content(folder(1)).text == content(folder(2)).text);
}

TEST_F(DamagedEnsembles, AFlippedByteOfTheLogIsNamed) {
  expect(run(kWords_), 0, "Answer");
  const fs::path log = folder(1) / "members-0000.log";
  std::string text = bytes(log);
  text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 4);
  put(log, text);
  expect(run("resume r0001"), 1, "members-0000.log: record");
  put(folder(1) / "ensemble.json", "{\"members\": 3");
  expect(run("resume r0001"), 2, "ensemble.json");
}

TEST_F(DamagedEnsembles, ResultsThatAreCutOffOrAlteredAreNamed) {
  expect(run(kWords_), 0, "Answer");
  const fs::path file = folder(1) / "ensemble.nc";
  const std::string whole = bytes(file);
  for (const double share : {0.0, 0.1, 0.5, 0.99}) {
    put(file, whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size()))));
    expect(run("report r0001"), 2, "ensemble.nc");
  }
  // Every place counts: where HDF5 itself would not notice, the checksums of the blocks do.
  for (int place = 1; place < 8; ++place) {
    std::string flipped = whole;
    auto& byte = flipped[whole.size() * place / 8];
    byte = static_cast<char>(byte ^ 16);
    put(file, flipped);
    expect(run("report r0001"), 2, "ensemble.nc");
  }
  put(file, whole);
  expect(run("report r0001"), 0, "report.html");
}

TEST_F(DamagedEnsembles, AnotherSchemaIsRefused) {
  expect(run(kWords_), 0, "Answer");
  const auto change = python(
      "import sys, netCDF4, zlib\n"
      "f = netCDF4.Dataset(sys.argv[1], 'a')\n"
      "f.schema_version = 99\n"
      "f.close()\n"
      "text = open(sys.argv[1], 'rb').read()\n"
      "open(sys.argv[1] + '.crc32', 'w').write('%d bytes, CRC-32 %08x\\n' % (len(text), zlib.crc32(text)))\n",
      {folder(1) / "ensemble.nc"});
  ASSERT_EQ(change.code, 0) << change.text;
  expect(run("report r0001"), 2, "schema version 99, expected 2");
  fs::remove(folder(1) / "ensemble.nc");
  put(folder(1) / "members-0000.log",
      "LODEENS9 something of another version, long enough to be looked at" + std::string(20000, 'x'));
  expect(run("resume r0001"), 1, "no log of futures of this version");
}

TEST_F(DamagedEnsembles, TwoProcessesOnOneCatalogueDoNotCorruptIt) {
  std::vector<Answer> answers(6);
  {
    std::vector<std::jthread> started;
    for (auto& answer : answers) started.emplace_back([&] { answer = run(kWords_); });
  }
  for (const auto& answer : answers) expect(answer, 0, "40 futures of 24 months");
  const std::string first = content(folder(1)).text;
  for (int i = 2; i <= 6; ++i) EXPECT_TRUE(content(folder(i)).text == first);
  expect(run("runs"), 0, "r0006");
  // And on one run: one of them makes it, the others are refused or find it made.
  fs::remove(folder(1) / "members-0000.log");
  fs::remove(folder(1) / "ensemble.nc");
  {
    std::vector<std::jthread> started;
    for (auto& answer : answers) started.emplace_back([&] { answer = run("resume r0001"); });
  }
  int made = 0;
  for (const auto& answer : answers)
    if (answer.code == 0) ++made;
  EXPECT_GE(made, 1);
  EXPECT_TRUE(content(folder(1)).text == first);
}

}  // namespace
}  // namespace lodestone::app
