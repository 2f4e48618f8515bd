// SPDX-License-Identifier: Apache-2.0
// Requests become lines of a file, for its owner alone, also after somebody moved it away.
#include "mizzen/telemetry/file/file_transport.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "mizzen/async/simulated_loop.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"
#include "mizzen/telemetry/otlp/exporter.hpp"

namespace mizzen::telemetry {
namespace {

struct FileTransportTest : testing::Test {
    FileTransportTest() : folder(testing::TempDir() + "otlp_file_" + std::to_string(getpid())) {
        std::filesystem::create_directories(folder);
    }
    ~FileTransportTest() override { std::filesystem::remove_all(folder); }
    bool send(FileTransport& file, std::string line, std::string* problem = nullptr) {
        otlp::Exporter exporter(loop, file, otlp::Signal::logs, {.protocol = otlp::Protocol::http_json}, Random(1));
        const bool worked = loop.run(exporter.send(std::move(line), 1));
        if (problem) *problem = exporter.problem();
        return worked;
    }
    std::filesystem::path folder;
    SimulatedLoop loop{1};
};

TEST_F(FileTransportTest, ARequestIsALine) {
    const auto path = folder / "logs.jsonl";
    FileTransport file(path);
    EXPECT_TRUE(send(file, "{\"a\":1}"));
    EXPECT_TRUE(send(file, "{\"a\":2}"));
    EXPECT_EQ(read_file(path), "{\"a\":1}\n{\"a\":2}\n");
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    FileTransport again(path);
    EXPECT_TRUE(send(again, "{}"));
    EXPECT_EQ(read_file(path), "{\"a\":1}\n{\"a\":2}\n{}\n") << "what is there stays";
}

TEST_F(FileTransportTest, IsMadeAgainWhenItWasMovedAway) {
    const auto path = folder / "logs.jsonl";
    FileTransport file(path);
    EXPECT_TRUE(send(file, "1"));
    std::filesystem::rename(path, folder / "logs.1");
    EXPECT_TRUE(send(file, "2"));
    EXPECT_EQ(read_file(folder / "logs.1"), "1\n");
    EXPECT_EQ(read_file(path), "2\n");
}

TEST_F(FileTransportTest, SaysWhatIsWrong) {
    std::string problem;
    FileTransport missing(folder / "no" / "logs.jsonl");
    EXPECT_FALSE(send(missing, "1", &problem));
    EXPECT_NE(problem.find("logs.jsonl: No such file or directory"), std::string::npos) << problem;
    FileTransport a_folder(folder);
    EXPECT_FALSE(send(a_folder, "1", &problem));
    EXPECT_NE(problem.find("cannot open"), std::string::npos) << problem;
    FileTransport full("/dev/full");
    EXPECT_FALSE(send(full, "1", &problem));
    EXPECT_NE(problem.find("No space left"), std::string::npos) << problem;
    const auto pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    FileTransport nobody_reads(pipe);
    EXPECT_FALSE(send(nobody_reads, "1", &problem)) << "and does not wait for a reader";
}

}  // namespace
}  // namespace mizzen::telemetry
