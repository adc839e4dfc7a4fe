// Counts every allocation of a test program. It replaces the global operators, so one file of a program may include it.
#pragma once

#include <atomic>
#include <cstdlib>
#include <new>

namespace lodestone::test {
inline std::atomic<long> allocations{0};
}  // namespace lodestone::test

[[gnu::noinline]] void* operator new(std::size_t size) {
  lodestone::test::allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new[](std::size_t size) {
  return operator new(size);
}
// What asks without exceptions (std::stable_sort) must meet the same pair, or a sanitizer sees two allocators.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  lodestone::test::allocations.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(size > 0 ? size : 1);
}
[[gnu::noinline]] void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept {
  return operator new(size, tag);
}
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}
