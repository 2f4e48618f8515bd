// SPDX-License-Identifier: Apache-2.0
// The journal in SQLite: one row per object, write-ahead logging, one transaction per write.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mizzen/apiserver/store/journal.hpp"
#include "mizzen/base/error.hpp"
#include "mizzen/base/files.hpp"

namespace mizzen::apiserver {
namespace {

constexpr std::int64_t application_id = 0x6d697a7a;  // "mizz"
constexpr std::int64_t layout_version = 1;

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
struct Finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

// A prepared statement that is reset when it has run.
class Statement {
  public:
    Statement(sqlite3* db, const char* sql) : db_(db) {
        sqlite3_stmt* s = nullptr;
        if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, nullptr) != SQLITE_OK) fail();
        statement_.reset(s);
    }
    Statement& bind(int at, std::string_view text) {
        sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
        return *this;
    }
    Statement& bind(int at, std::uint64_t n) {
        sqlite3_bind_int64(statement_.get(), at, static_cast<sqlite3_int64>(n));
        return *this;
    }
    bool step() {
        int result = sqlite3_step(statement_.get());
        if (result == SQLITE_ROW) return true;
        sqlite3_reset(statement_.get());
        if (result != SQLITE_DONE) fail();
        return false;
    }
    std::string_view text(int column) const {
        auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
        return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
    }
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

  private:
    [[noreturn]] void fail() {
        if (sqlite3_errcode(db_) == SQLITE_BUSY)
            throw Error(ErrorKind::denied, "another process is using this data folder; stop it or choose another");
        throw Error(ErrorKind::retry, std::string("using the database: ") + sqlite3_errmsg(db_));
    }
    sqlite3* db_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

void run(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw Error(ErrorKind::invalid, std::string("preparing the database: ") + sqlite3_errmsg(db));
}

class SqliteJournal final : public Journal {
  public:
    explicit SqliteJournal(Database db)
        : db_(std::move(db)),
          write_(db_.get(), "INSERT INTO objects VALUES(?1,?2,?3,?4) ON CONFLICT DO UPDATE SET revision=?3, json=?4"),
          erase_(db_.get(), "DELETE FROM objects WHERE collection=?1 AND key=?2"),
          advance_(db_.get(), "UPDATE position SET revision=?1"),
          begin_(db_.get(), "BEGIN IMMEDIATE"),
          commit_(db_.get(), "COMMIT"),
          rollback_(db_.get(), "ROLLBACK") {}

    void write(std::string_view collection, std::string_view key, std::uint64_t revision,
               std::string_view json) override {
        transaction(revision, [&] { write_.bind(1, collection).bind(2, key).bind(3, revision).bind(4, json).step(); });
    }

    void erase(std::string_view collection, std::string_view key, std::uint64_t revision) override {
        transaction(revision, [&] { erase_.bind(1, collection).bind(2, key).step(); });
    }

    std::uint64_t load(const Restore& restore) override {
        Statement all(db_.get(), "SELECT collection, key, revision, json FROM objects ORDER BY collection, key");
        while (all.step())
            restore(all.text(0), all.text(1), static_cast<std::uint64_t>(all.integer(2)), std::string(all.text(3)));
        Statement position(db_.get(), "SELECT revision FROM position");
        return position.step() ? static_cast<std::uint64_t>(position.integer(0)) : 0;
    }

  private:
    void transaction(std::uint64_t revision, const auto& change) {
        begin_.step();
        try {
            change();
            advance_.bind(1, revision).step();
            commit_.step();
        } catch (const Error&) {
            if (!sqlite3_get_autocommit(db_.get())) rollback_.step();
            throw;
        }
    }

    Database db_;
    Statement write_, erase_, advance_, begin_, commit_, rollback_;
};

std::int64_t pragma(sqlite3* db, const char* sql) {
    Statement s(db, sql);
    return s.step() ? s.integer(0) : 0;
}

// Refuses other people's files and newer layouts; lays out an empty file.
void prepare(sqlite3* db, const std::string& path) {
    // One process at a time: the lock is taken by the first read and kept.
    run(db, "PRAGMA locking_mode=EXCLUSIVE;");
    std::int64_t id = pragma(db, "PRAGMA application_id");
    std::int64_t version = pragma(db, "PRAGMA user_version");
    std::int64_t tables = pragma(db, "SELECT count(*) FROM sqlite_schema");
    if (tables > 0 && id != application_id)
        throw Error(ErrorKind::invalid, path + " is a database of another program; choose another data folder");
    if (version > layout_version)
        throw Error(ErrorKind::invalid,
                    path + " was written by a newer mizzen; use that one or choose another data folder");
    run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
    if (tables > 0) return;
    run(db,
        "BEGIN;"
        "CREATE TABLE objects(collection TEXT, key TEXT, revision INTEGER, json TEXT, PRIMARY KEY(collection, key)) "
        "WITHOUT ROWID;"
        "CREATE TABLE position(revision INTEGER);"
        "INSERT INTO position VALUES(0);"
        "PRAGMA application_id=1835629178;"
        "PRAGMA user_version=1;"
        "COMMIT;");
}

}  // namespace

std::unique_ptr<Journal> open_sqlite_journal(const std::string& data_dir) {
    make_private_folder(data_dir);
    std::string path = data_dir + "/mizzen.db";
    // Made here, because SQLite would make it readable for others; its -wal and -shm files take the same mode.
    int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        throw Error(ErrorKind::denied,
                    "opening " + path + ": " + std::error_code(errno, std::generic_category()).message());
    ::close(file);

    sqlite3* handle = nullptr;
    int result = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    Database db(handle);
    if (result != SQLITE_OK) throw Error(ErrorKind::denied, "opening " + path + ": " + sqlite3_errmsg(handle));
    try {
        prepare(handle, path);
    } catch (Error& e) {
        e.add_context("while opening " + path);
        throw;
    }
    return std::make_unique<SqliteJournal>(std::move(db));
}

}  // namespace mizzen::apiserver
