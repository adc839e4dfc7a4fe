// The processes that a launcher (mpirun, srun) started together, and letters between them. Without one there is a
// single process, and nothing of MPI is touched.
#pragma once

#include <optional>
#include <string>

namespace lodestone::ensemble {

struct Letter {
  int from = 0;
  std::string text;
};

class Ranks {
 public:
  /// Joins the others. Throws base::InputError when a launcher started several and the program was built without MPI.
  Ranks();
  ~Ranks();
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;

  [[nodiscard]] int number() const { return number_; }  // of this one, from 0
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] int here() const { return here_; }  // how many of them run on this machine

  /// Any thread may write and read letters, one at a time. Letters of one sender keep their order.
  void send(int to, const std::string& text) const;
  void send_all(const std::string& text) const;  // to all but this one
  /// The next letter that has come; none when there is none.
  [[nodiscard]] std::optional<Letter> receive() const;
  /// Waits for one, without keeping a core busy.
  [[nodiscard]] Letter wait() const;

 private:
  int number_ = 0, count_ = 1, here_ = 1;
};

}  // namespace lodestone::ensemble
