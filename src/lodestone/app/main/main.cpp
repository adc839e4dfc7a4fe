#include "lodestone/app/app.hpp"

int main(int argc, char** argv) {
  return lodestone::app::run(argc, argv);
}
