// SPDX-License-Identifier: Apache-2.0
// Implements store.hpp.
#include "mizzen/apiserver/store/store.hpp"

#include <algorithm>
#include <utility>

#include "mizzen/apiserver/store/json_text.hpp"
#include "mizzen/json/json.hpp"

namespace mizzen::apiserver {
namespace {

// Watchers read a change within a turn or two of the loop; whoever comes later has it encoded again.
constexpr std::size_t framed_changes = 256;

std::shared_ptr<Record> make_record(const FieldIndex& index, std::string key, std::uint64_t revision,
                                    const json::Value& object) {
    auto record = std::make_shared<Record>();
    record->key = std::move(key);
    record->revision = revision;
    if (const json::Value* labels = object.find_path({"metadata", "labels"})) record->labels = *labels;
    if (index.read) record->fields = index.read(object);
    return record;
}

std::size_t bytes_of(const Change& change) { return change.record->json.size() + sizeof(Record) + sizeof(Change); }

}  // namespace

Store::Store(HistoryLimits limits, std::unique_ptr<Journal> journal) : limits_(limits), journal_(std::move(journal)) {
    if (!journal_) return;
    revision_ = std::max(revision_, journal_->load([&](std::string_view collection, std::string_view key,
                                                       std::uint64_t revision, std::string json) {
        auto record = std::make_shared<Record>();
        record->key = key;
        record->revision = revision;
        record->json = std::move(json);
        restored_[std::string(collection)].push_back(std::move(record));
    }));
}

Store::~Store() = default;

Collection& Store::collection(const std::string& name, const FieldIndex& index) {
    std::unique_ptr<Collection>& slot = collections_[name];
    if (slot) return *slot;
    slot = std::make_unique<Collection>(name, index);
    slot->forgotten_ = restored_.empty() && !journal_ ? 0 : revision_;
    if (auto old = restored_.extract(name)) {
        for (RecordPtr& record : old.mapped()) {
            auto full = make_record(index, record->key, record->revision, json::parse(record->json));
            full->json = record->json;
            slot->records_.insert(slot->records_.end(), std::move(full));
        }
    }
    return *slot;
}

void Store::set_index(Collection& collection, FieldIndex index) {
    bool same = collection.index_.names == index.names;
    collection.index_ = std::move(index);
    if (same) return;
    std::set<RecordPtr, Collection::ByKey> records;
    for (const RecordPtr& record : collection.records_) {
        auto copy = std::make_shared<Record>(*record);
        copy->fields =
            collection.index_.read ? collection.index_.read(json::parse(copy->json)) : std::vector<std::string>();
        records.insert(records.end(), std::move(copy));
    }
    collection.records_ = std::move(records);
}

RecordPtr Store::put(Collection& collection, std::string key, json::Value object, std::uint32_t schema) {
    std::uint64_t revision = revision_ + 1;
    object.at({"metadata", "resourceVersion"}) = std::to_string(revision);
    auto record = make_record(collection.index_, std::move(key), revision, object);
    record->json = json::to_json(object);
    record->schema = schema;
    if (journal_) journal_->write(collection.name_, record->key, revision, record->json);

    revision_ = revision;
    Change change(ChangeKind::added, record, nullptr);
    auto old = collection.records_.find(std::string_view(record->key));
    if (old != collection.records_.end()) {
        auto node = collection.records_.extract(old);
        change.kind = ChangeKind::modified;
        change.before = std::move(node.value());
        node.value() = record;
        collection.records_.insert(std::move(node));
    } else {
        collection.records_.insert(record);
    }
    remember(collection, std::move(change));
    return record;
}

RecordPtr Store::remove(Collection& collection, std::string_view key) {
    auto it = collection.records_.find(key);
    if (it == collection.records_.end()) return nullptr;
    std::uint64_t revision = revision_ + 1;
    if (journal_) journal_->erase(collection.name_, key, revision);

    revision_ = revision;
    RecordPtr before = *it;
    collection.records_.erase(it);
    auto last = std::make_shared<Record>(*before);
    last->revision = revision;
    last->json = with_revision(before->json, revision);
    remember(collection, Change(ChangeKind::deleted, last, std::move(before)));
    return last;
}

void Store::remember(Collection& collection, Change change) {
    history_bytes_ += bytes_of(change);
    collection.last_revision_ = change.revision();
    collection.history_.push_back(std::move(change));
    order_.push_back(&collection);
    while (order_.size() > 1 && (order_.size() > limits_.changes || history_bytes_ > limits_.bytes)) forget_oldest();
    if (order_.size() > framed_changes) {
        Collection& older = *order_[order_.size() - 1 - framed_changes];
        if (const Change* c = older.next_change(revision_ - framed_changes - 1)) c->drop_frames();
    }
    collection.changed_.wake_all();
    advanced_.wake_all();
}

void Store::forget_oldest() {
    Collection& oldest = *order_.front();
    order_.pop_front();
    const Change& change = oldest.history_.front();
    history_bytes_ -= bytes_of(change);
    oldest.forgotten_ = change.revision();
    oldest.history_.pop_front();
}

}  // namespace mizzen::apiserver
