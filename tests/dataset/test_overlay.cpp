// Overlays: rows of one's own on a dataset that stays as it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lodestone/dataset/check.hpp"
#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// A manufacturer's press in the aggregate of the rest of the sea, and a stake in it.
class Overlays : public ::testing::Test {
 protected:
  void SetUp() override {
    write("overlay.toml", "id = \"my-press\"\ntitle = \"My press\"\nfor = \"two-islands\"\n");
    write("facilities.csv", kFacilities +
                                "my-press,My press,XREST,press,My Co,ISA,plant,operating,nameplate,press-x,,12,10,"
                                "t/month,18,USD/kg,my books,high,2024,,2025\n");
  }
  void write(const std::string& file, const std::string& text) const { test::spill(folder_.path() / file, text); }
  RawDataset with(base::Diagnostics& diagnostics) const {
    return read(test::valid_folder(), diagnostics, {{}, {folder_.path()}});
  }
  // The only error, as text.
  std::string error() const {
    base::Diagnostics diagnostics;
    with(diagnostics);
    std::string text;
    for (const auto& d : diagnostics.all()) text += d.text() + "\n";
    EXPECT_EQ(diagnostics.errors(), 1) << text;
    return text;
  }
  static inline const std::string kFacilities =
      "id,name,region,process,operator,control,level,status,kind,parent,opens,capacity,base_output,unit,cash_cost,"
      "cost_unit,source,confidence,valid_from,valid_to,known_from\n";
  static inline const std::string kTrade =
      "product,from,to,flow,unit,source,confidence,valid_from,valid_to,known_from\n"
      "oxide,ISA,XREST,180,t/yr,my books,high,2024,,2025\n";
  lodestone::test::TemporaryFolder folder_;
};

TEST_F(Overlays, AddRows) {
  base::Diagnostics diagnostics;
  const auto raw = with(diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  ASSERT_EQ(raw.facilities.size(), 4u);
  EXPECT_EQ(raw.facilities[3].provenance.overlay, "my-press");
  EXPECT_EQ(raw.facilities[3].provenance.place.text(), (folder_.path() / "facilities.csv").string() + ":2");
  EXPECT_TRUE(raw.facilities[0].provenance.overlay.empty());
  const auto world = build(raw, diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_DOUBLE_EQ(world.facilities[2].base_activity, 30);  // of the 40 of the aggregate
  EXPECT_EQ(world.overlays, std::vector<std::string>{"my-press"});
}

TEST_F(Overlays, ChangeTheHashAndNothingElseDoes) {
  base::Diagnostics diagnostics;
  const auto hash = with(diagnostics).hash;
  EXPECT_NE(hash, read(test::valid_folder(), diagnostics).hash);
  EXPECT_EQ(hash, with(diagnostics).hash);
  write("overlay.toml", "id = \"my-press\"\ntitle = \"My press!\"\nfor = \"two-islands\"\n");
  EXPECT_NE(hash, with(diagnostics).hash);
}

TEST_F(Overlays, AreCountedByTheCheck) {
  const auto report = check(test::valid_folder(), {{}, {folder_.path()}});
  EXPECT_TRUE(report.passed());
  ASSERT_EQ(report.overlays.size(), 1u);
  EXPECT_EQ(report.overlays[0].title, "My press");
  int overlaid = 0;
  for (const auto& file : report.files) overlaid += file.overlaid;
  EXPECT_EQ(overlaid, 1);
}

TEST_F(Overlays, MayNotClash) {
  write("trade.csv", kTrade);
  EXPECT_THAT(error(), HasSubstr("trade.csv:2:1: error: 'oxide, ISA, XREST', which is in"));
  EXPECT_THAT(error(),
              HasSubstr("trade.csv:2 already; expected a new key, or the line 'trade.csv,\"oxide, ISA, XREST\"' "
                        "in replaces.csv"));
}

TEST_F(Overlays, ReplaceWhatTheySayTheyReplace) {
  write("trade.csv", kTrade);
  write("replaces.csv", "file,key\ntrade.csv,\"oxide, ISA, XREST\"\n");
  base::Diagnostics diagnostics;
  const auto raw = with(diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  ASSERT_EQ(raw.trade.size(), 1u);
  EXPECT_DOUBLE_EQ(raw.trade[0].flow, 15);
}

TEST_F(Overlays, LieOnEachOther) {
  write("trade.csv", kTrade);
  write("replaces.csv", "file,key\ntrade.csv,\"oxide, ISA, XREST\"\n");
  const lodestone::test::TemporaryFolder second;
  test::spill(second.path() / "overlay.toml", "id = \"more\"\ntitle = \"More\"\nfor = \"two-islands\"\n");
  test::spill(second.path() / "replaces.csv", "file,key\ntrade.csv,\"oxide, ISA, XREST\"\n");
  test::spill(second.path() / "trade.csv", kTrade);
  base::Diagnostics diagnostics;
  const auto raw = read(test::valid_folder(), diagnostics, {{}, {folder_.path(), second.path()}});
  EXPECT_TRUE(diagnostics.all().empty());
  ASSERT_EQ(raw.trade.size(), 1u);
  EXPECT_EQ(raw.trade[0].provenance.overlay, "more");
}

TEST_F(Overlays, AreReadOnce) {
  base::Diagnostics diagnostics;
  read(test::valid_folder(), diagnostics, {{}, {folder_.path(), folder_.path()}});
  ASSERT_GE(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("overlay 'my-press' again"));
}

TEST_F(Overlays, MayNotReplaceWhatIsNotThere) {
  write("trade.csv", kTrade);
  write("replaces.csv", "file,key\ntrade.csv,\"oxide, ISA, XREST\"\ntrade.csv,\"ore, ISA, XREST\"\n");
  EXPECT_THAT(error(), HasSubstr("replaces.csv:3:11: error: nothing to replace by the key 'ore, ISA, XREST'"));
}

TEST_F(Overlays, MayOnlyReplaceInFilesOfTheDataset) {
  write("replaces.csv", "file,key\ntrades.csv,x\n");
  EXPECT_THAT(error(), HasSubstr("replaces.csv:2:1: error: file 'trades.csv'"));
  EXPECT_THAT(error(), HasSubstr("did you mean 'trade.csv'?"));
}

TEST_F(Overlays, ForAnotherDatasetAreRefused) {
  write("overlay.toml", "id = \"my-press\"\ntitle = \"My press\"\nfor = \"three-islands\"\n");
  EXPECT_THAT(error(),
              HasSubstr("overlay.toml:3:7: error: an overlay for 'three-islands'; expected one for 'two-islands'"));
}

TEST_F(Overlays, ForAnotherStateOfTheDatasetAreStale) {
  base::Diagnostics diagnostics;
  const std::string about = "id = \"my-press\"\ntitle = \"My press\"\nfor = \"two-islands\"\ndataset_hash = \"";
  write("overlay.toml", about + read(test::valid_folder(), diagnostics).hash + "\"\n");
  with(diagnostics);
  EXPECT_TRUE(diagnostics.all().empty());
  write("overlay.toml", about + "0123\"\n");
  EXPECT_THAT(error(), HasSubstr("overlay.toml:4:16: error: an overlay made for dataset_hash 0123"));
}

TEST_F(Overlays, WithoutWordsAboutThemselvesAreRefused) {
  fs::remove(folder_.path() / "overlay.toml");
  EXPECT_THAT(error(), HasSubstr("overlay.toml: error: no such file"));
  write("overlay.toml", "id = \"my-press\"\ntitle = \"My press\"\nfore = \"two-islands\"\n");
  base::Diagnostics diagnostics;
  with(diagnostics);
  EXPECT_EQ(diagnostics.errors(), 2);  // the unknown key and the missing one
}

TEST_F(Overlays, WithFilesOfOtherNamesAreRefused) {
  write("facility.csv", "");
  EXPECT_THAT(error(), HasSubstr("facility.csv: error: a file that no overlay has"));
}

TEST_F(Overlays, WithWrongCellsAreNamedInTheirOwnFiles) {
  write("facilities.csv", kFacilities +
                              "my-press,My press,XREST,pres,My Co,ISA,plant,operating,nameplate,press-x,,12,10,"
                              "t/month,18,USD/kg,my books,high,2024,,2025\n");
  EXPECT_THAT(error(),
              HasSubstr((folder_.path() / "facilities.csv").string() + ":2:25: error: unknown process 'pres'"));
}

TEST_F(Overlays, ThatCountAPlantTwiceAreRefused) {
  write("facilities.csv", kFacilities +
                              "my-press,My press,XREST,press,My Co,ISA,plant,operating,nameplate,press-x,,60,10,"
                              "t/month,18,USD/kg,my books,high,2024,,2025\n");
  EXPECT_THAT(error(), HasSubstr("expected at least the 60 t/month of the plants that it includes"));
}

TEST(OverlayFolders, OfTheGuideLieOnTheReferenceDataset) {
  const fs::path source(LODESTONE_SOURCE_DIR);
  const auto plain = load(source / "data");
  const auto world = load(source / "data", {{}, {source / "docs" / "overlays" / "manufacturer"}});
  const auto plants = [](const world::World& w) {  // those that an access class splits count once
    return std::count_if(w.facilities.begin(), w.facilities.end(), [](const auto& facility) {
      return facility.makes_something() && !facility.id.ends_with("-defence-origin");
    });
  };
  EXPECT_EQ(plants(world), plants(plain) + 3);
  const auto made = [](const world::World& w) {
    double sum = 0;
    for (const auto& facility : w.facilities)
      if (w.processes[facility.process.index()].id.starts_with("make-magnet-high-temperature"))
        sum += facility.base_activity;
    return sum;
  };
  EXPECT_NEAR(made(world), made(plain), 1e-6 * made(plain));  // within the rounding of base_quantities
  const auto last = std::find_if(world.facilities.begin(), world.facilities.end(),
                                 [](const auto& facility) { return facility.id == "our-second-plant"; });
  ASSERT_NE(last, world.facilities.end());
  EXPECT_EQ(last->status, world::FacilityStatus::planned);
  EXPECT_EQ(last->capacity, 0);
}

TEST(OverlayFolders, ThatAreNotThereAreNamed) {
  base::Diagnostics diagnostics;
  read(test::valid_folder(), diagnostics, {{}, {"/no/such/overlay"}});
  ASSERT_EQ(diagnostics.errors(), 1);
  EXPECT_THAT(diagnostics.all()[0].text(), HasSubstr("/no/such/overlay: error: no such folder"));
}

}  // namespace
}  // namespace lodestone::dataset
