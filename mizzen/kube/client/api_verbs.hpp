// SPDX-License-Identifier: Apache-2.0
// The bodies of Api<K>: each builds a request, sends it, reads the object that comes back. Included by api.hpp.
#pragma once
#include "mizzen/kube/client/api.hpp"  // IWYU pragma: keep

namespace mizzen::kube {

template <AnyKind K>
Task<K> Api<K>::get(ObjectKey key, GetOptions options) const {
    co_return decode_object<K>(co_await calls_.read("reading", to_string(key), request::get(target(), key, options)));
}

template <AnyKind K>
Task<std::optional<K>> Api<K>::find(ObjectKey key, GetOptions options) const {
    std::optional<K> found;
    try {
        found = co_await get(std::move(key), std::move(options));
    } catch (const ApiError& e) {
        if (e.code() != 404) throw;
    }
    co_return found;
}

template <AnyKind K>
Task<ObjectList<K>> Api<K>::page(ListOptions options) const {
    RawList raw = co_await calls_.page(std::move(options));
    ObjectList<K> list{
        .resource_version = std::move(raw.resource_version), .next = std::move(raw.next), .remaining = raw.remaining};
    list.items.reserve(raw.items.size());
    for (std::string_view item : raw.items) list.items.push_back(decode_object<K>(item));
    co_return list;
}

template <AnyKind K>
Task<ObjectList<K>> Api<K>::list(ListOptions options) const {
    ObjectList<K> all = co_await page(options);
    bool expired = false;
    while (!all.next.empty() && !expired) {
        options.from = all.next;
        try {
            ObjectList<K> more = co_await page(options);
            std::move(more.items.begin(), more.items.end(), std::back_inserter(all.items));
            all.next = std::move(more.next);
        } catch (const ApiError& e) {
            if (!e.is_expired()) throw;
            expired = true;
        }
    }
    all.remaining = 0;
    if (!expired) co_return all;
    // The server forgot the state that the pages were cut from: ask for the whole at once.
    options.from.clear();
    options.limit = 0;
    co_return co_await page(options);
}

template <AnyKind K>
Task<Watch<K>> Api<K>::watch(WatchOptions options) const {
    co_return Watch<K>(co_await RawWatch::open(client(), target(), std::move(options)));
}

template <AnyKind K>
Task<K> Api<K>::create(K object, WriteOptions options) const {
    std::string body = json::to_json(encode_object(object));
    auto request =
        request::create(target(), object.metadata.namespace_, std::move(body), calls_.managed(std::move(options)));
    co_return decode_object<K>(co_await calls_.write("creating", key_of(object), std::move(request)));
}

template <AnyKind K>
Task<K> Api<K>::replace(K object, WriteOptions options) const {
    std::string body = json::to_json(encode_object(object));
    auto request = request::replace(target(), key_of(object), std::move(body), calls_.managed(std::move(options)));
    co_return decode_object<K>(co_await calls_.write("replacing", key_of(object), std::move(request)));
}

template <AnyKind K>
Task<K> Api<K>::apply(K object, ApplyOptions options) const {
    return apply(encode_object(object), std::move(options));
}

template <AnyKind K>
Task<K> Api<K>::apply(json::Value object, ApplyOptions options) const {
    ObjectKey key = request::prepare_apply(target(), object);
    auto request = request::apply(target(), key, json::to_json(object), calls_.managed(std::move(options)));
    co_return decode_object<K>(co_await calls_.write("applying", key, std::move(request)));
}

template <AnyKind K>
Task<K> Api<K>::patch(ObjectKey key, Patch patch, WriteOptions options) const {
    auto request = request::patch(target(), key, patch, calls_.managed(std::move(options)));
    co_return decode_object<K>(co_await calls_.write("patching", key, std::move(request)));
}

template <AnyKind K>
Task<> Api<K>::remove(ObjectKey key, RemoveOptions options) const {
    return calls_.remove(std::move(key), std::move(options));
}

template <AnyKind K>
Task<> Api<K>::remove_all(ListOptions which, RemoveOptions options) const {
    return calls_.remove_all(std::move(which), std::move(options));
}

template <AnyKind K>
Task<K> Api<K>::replace_status(K object, WriteOptions options) const {
    std::string body = json::to_json(encode_object(object));
    auto request =
        request::replace(target(), key_of(object), std::move(body), calls_.managed(std::move(options)), "status");
    co_return decode_object<K>(co_await calls_.write("replacing the status of", key_of(object), std::move(request)));
}

template <AnyKind K>
Task<K> Api<K>::apply_status(json::Value object, ApplyOptions options) const {
    ObjectKey key = request::prepare_apply(target(), object);
    auto request = request::apply(target(), key, json::to_json(object), calls_.managed(std::move(options)), "status");
    co_return decode_object<K>(co_await calls_.write("applying the status of", key, std::move(request)));
}

template <AnyKind K>
Task<K> Api<K>::patch_status(ObjectKey key, Patch patch, WriteOptions options) const {
    auto request = request::patch(target(), key, patch, calls_.managed(std::move(options)), "status");
    co_return decode_object<K>(co_await calls_.write("patching the status of", key, std::move(request)));
}

template <AnyKind K>
Task<Replicas> Api<K>::scale(ObjectKey key) const {
    co_return read_scale(
        co_await calls_.read("reading the scale of", to_string(key), request::get(target(), key, {}, "scale")));
}

template <AnyKind K>
Task<Replicas> Api<K>::set_scale(ObjectKey key, int replicas, WriteOptions options) const {
    Patch change = Patch::merge(json::Object{{"spec", json::Object{{"replicas", replicas}}}});
    auto request = request::patch(target(), key, change, calls_.managed(std::move(options)), "scale");
    co_return read_scale(co_await calls_.read("scaling", to_string(key), std::move(request)));
}

template <AnyKind K>
Task<json::Value> Api<K>::post(ObjectKey key, std::string subresource, json::Value body, WriteOptions options) const {
    auto request = request::post(target(), key, subresource, json::to_json(body), calls_.managed(std::move(options)));
    co_return json::parse(
        co_await calls_.read("posting the " + subresource + " of", to_string(key), std::move(request)));
}

}  // namespace mizzen::kube
