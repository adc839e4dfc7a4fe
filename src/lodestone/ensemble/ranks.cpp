#include "lodestone/ensemble/ranks.hpp"

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <utility>

#include "lodestone/base/diagnostics.hpp"

#ifdef LODESTONE_MPI
#include <mpi.h>
#endif

namespace lodestone::ensemble {
namespace {

constexpr auto kPause = std::chrono::milliseconds(1);

// Open MPI's mpirun, then anything that speaks PMIx (srun --mpi=pmix) or PMI.
[[maybe_unused]] bool launched() {
  for (const char* variable : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"})
    if (std::getenv(variable) != nullptr) return true;
  return false;
}

}  // namespace

Letter Ranks::wait() const {
  for (;;) {
    if (auto letter = receive()) return std::move(*letter);
    std::this_thread::sleep_for(kPause);
  }
}

void Ranks::send_all(const std::string& text) const {
  for (int rank = 0; rank < count_; ++rank)
    if (rank != number_) send(rank, text);
}

#ifdef LODESTONE_MPI

namespace {

// MPI's own handler ends all processes at an error; none of these calls returns another code.
void check(int code, const char* call) {
  if (code != MPI_SUCCESS) throw std::runtime_error(std::string(call) + " failed");
}

}  // namespace

Ranks::Ranks() {
  if (!launched()) return;
  int level = 0;
  check(MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &level), "MPI_Init_thread");
  check(MPI_Comm_rank(MPI_COMM_WORLD, &number_), "MPI_Comm_rank");
  check(MPI_Comm_size(MPI_COMM_WORLD, &count_), "MPI_Comm_size");
  MPI_Comm machine = MPI_COMM_NULL;
  check(MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine), "MPI_Comm_split_type");
  check(MPI_Comm_size(machine, &here_), "MPI_Comm_size");
  MPI_Comm_free(&machine);
  if (level < MPI_THREAD_SERIALIZED) throw std::runtime_error("this MPI library cannot be used from several threads");
}

Ranks::~Ranks() {
  int begun = 0;
  if (MPI_Initialized(&begun) == MPI_SUCCESS && begun != 0) MPI_Finalize();
}

void Ranks::send(int to, const std::string& text) const {
  check(MPI_Send(text.data(), static_cast<int>(text.size()), MPI_BYTE, to, 0, MPI_COMM_WORLD), "MPI_Send");
}

std::optional<Letter> Ranks::receive() const {
  if (count_ == 1) return std::nullopt;
  int there = 0, size = 0;
  MPI_Status status;
  check(MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &there, &status), "MPI_Iprobe");
  if (there == 0) return std::nullopt;
  check(MPI_Get_count(&status, MPI_BYTE, &size), "MPI_Get_count");
  Letter letter{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
  check(MPI_Recv(letter.text.data(), size, MPI_BYTE, letter.from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE), "MPI_Recv");
  return letter;
}

#else

Ranks::Ranks() {
  if (const char* size = std::getenv("OMPI_COMM_WORLD_SIZE"); size != nullptr && std::string(size) != "1")
    throw base::InputError(
        "several processes were started together, and this program was built without MPI; expected "
        "one process, or a program configured with -D LODESTONE_MPI=ON");
}

Ranks::~Ranks() = default;
void Ranks::send(int, const std::string&) const {}
std::optional<Letter> Ranks::receive() const {
  return std::nullopt;
}

#endif

}  // namespace lodestone::ensemble
