#include "lodestone/insight/expression_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lodestone::insight {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Word> run() {
    while (true) {
      while (at_ < text_.size() &&
             (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
        ++at_;
      Word word = at_ < text_.size() ? next() : Word{};
      if (word.kind == WordKind::end) word.begin = word.end = text_.size();
      words_.push_back(word);
      at_ = word.end;
      if (word.kind == WordKind::end) return std::move(words_);
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Word> words_;

  [[nodiscard]] char peek(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }

  [[nodiscard]] Word make(WordKind kind, std::size_t end) const {
    Word word;
    word.kind = kind;
    word.begin = at_;
    word.end = end;
    word.text = text_.substr(at_, end - at_);
    return word;
  }

  [[nodiscard]] Word next() const {
    const char c = text_[at_];
    if (is_letter(c)) return name();
    if (is_digit(c)) return number_or_date();
    if (c == '\'') return quoted();
    static constexpr std::array<std::string_view, 14> kSymbols{"..", "<=", ">=", "<", ">", "+", "-",
                                                               "*",  "/",  "(",  ")", ",", "%", "="};
    for (const std::string_view symbol : kSymbols)
      if (text_.substr(at_).starts_with(symbol)) return make(WordKind::symbol, at_ + symbol.size());
    std::size_t end = at_ + 1;
    while ((static_cast<unsigned char>(peek(end)) & 0xC0u) == 0x80u) ++end;  // the rest of a UTF-8 character
    return make(WordKind::wrong, end);
  }

  [[nodiscard]] Word name() const {
    std::size_t end = at_;
    const auto inside = [&](std::size_t i) { return is_letter(peek(i)) || is_digit(peek(i)); };
    while (inside(end) || (peek(end) == '-' && inside(end + 1))) ++end;
    return make(WordKind::name, end);
  }

  [[nodiscard]] Word quoted() const {
    const auto close = text_.find('\'', at_ + 1);
    if (close == std::string_view::npos) return make(WordKind::wrong, text_.size());
    Word word = make(WordKind::name, close + 1);
    word.text = text_.substr(at_ + 1, close - at_ - 1);
    return word;
  }

  [[nodiscard]] Word number_or_date() const {
    for (const std::size_t length : {10u, 7u}) {
      const auto piece = text_.substr(at_, length);
      const char after = peek(at_ + length);
      if (piece.size() != length || is_digit(after) || is_letter(after)) continue;
      if (const auto period = base::parse_span(piece)) {
        Word word = make(WordKind::date, at_ + length);
        word.period = *period;
        return word;
      }
    }
    return number();
  }

  [[nodiscard]] Word number() const {
    std::size_t end = at_;
    const auto digits = [&] {
      while (is_digit(peek(end))) ++end;
    };
    digits();
    if (peek(end) == '.' && is_digit(peek(end + 1))) {
      ++end;
      digits();
    }
    if ((peek(end) == 'e' || peek(end) == 'E') &&
        (is_digit(peek(end + 1)) || ((peek(end + 1) == '-' || peek(end + 1) == '+') && is_digit(peek(end + 2))))) {
      end += 2;
      digits();
    }
    Word word = make(WordKind::number, end);
    const auto [last, error] = std::from_chars(word.text.data(), word.text.data() + word.text.size(), word.number);
    if (error != std::errc{} || last != word.text.data() + word.text.size()) word.kind = WordKind::wrong;
    if (const auto year = word.text.size() == 4 ? base::parse_period(word.text) : std::nullopt) {
      word.may_be_year = true;
      word.period = *year;
    }
    return word;
  }
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
  return Splitter(text).run();
}

}  // namespace lodestone::insight
