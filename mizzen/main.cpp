// SPDX-License-Identifier: Apache-2.0
// The mizzen program.
#include "mizzen/cli/cli.hpp"

int main(int argc, char** argv) { return mizzen::cli::run(argc, argv); }
