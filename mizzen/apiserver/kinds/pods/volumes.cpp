// SPDX-License-Identifier: Apache-2.0
// Volumes of pods, and the sources that they share with persistent volumes.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mizzen/apiserver/kinds/pods/pod_rules.hpp"
#include "mizzen/apiserver/kinds/storage/claim_rules.hpp"
#include "mizzen/base/quantity.hpp"

namespace mizzen::apiserver {
namespace {

// What must be filled in, by kind of source.
struct Needs {
    std::string_view kind;
    std::vector<std::string_view> members;
};

const std::vector<Needs>& needs() {
    static const std::vector<Needs> all{{"awsElasticBlockStore", {"volumeID"}},
                                        {"azureDisk", {"diskName", "diskURI"}},
                                        {"azureFile", {"secretName", "shareName"}},
                                        {"cephfs", {"monitors"}},
                                        {"cinder", {"volumeID"}},
                                        {"configMap", {"name"}},
                                        {"csi", {"driver"}},
                                        {"flexVolume", {"driver"}},
                                        {"gcePersistentDisk", {"pdName"}},
                                        {"gitRepo", {"repository"}},
                                        {"glusterfs", {"endpoints", "path"}},
                                        {"hostPath", {"path"}},
                                        {"image", {}},
                                        {"iscsi", {"targetPortal", "iqn"}},
                                        {"local", {"path"}},
                                        {"nfs", {"server", "path"}},
                                        {"persistentVolumeClaim", {"claimName"}},
                                        {"photonPersistentDisk", {"pdID"}},
                                        {"portworxVolume", {"volumeID"}},
                                        {"rbd", {"monitors", "image"}},
                                        {"scaleIO", {"gateway", "system", "volumeName"}},
                                        {"secret", {"secretName"}},
                                        {"storageos", {}},
                                        {"vsphereVolume", {"volumePath"}}};
    return all;
}

constexpr auto mode_range = "must be a number between 0 and 0777 (octal), both inclusive";

void check_mode(const Place& mode) {
    if (mode && (mode.integer() < 0 || mode.integer() > 0777)) mode.invalid(mode_range);
}

void check_no_backsteps(const Place& path) {
    auto text = path.text();
    while (true) {
        auto slash = text.find('/');
        if (text.substr(0, slash) == "..") return path.invalid("must not contain '..'");
        if (slash == std::string_view::npos) return;
        text.remove_prefix(slash + 1);
    }
}

void check_items(const Place& items) {
    for (auto& item : items.items()) {
        for (auto* key : {"key", "path"}) {
            if (item.at(key).text().empty()) item.at(key).required();
        }
        if (!item.at("path").text().empty()) check_relative_path(item.at("path"));
        check_mode(item.at("mode"));
    }
}

// kube-apiserver names the volume here, not the item.
void check_downward_items(const Place& volume) {
    for (auto& item : volume.at("items").items()) {
        auto member = [&](std::string_view name) {
            return Place(item.at(name).find(), child_path(volume.path(), name), volume.errors());
        };
        auto path = member("path"), field = member("fieldRef"), resource = member("resourceFieldRef");
        if (path.text().empty())
            path.required();
        else
            check_relative_path(path);
        if (field && resource)
            volume.invalid("resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
        else if (!field && !resource)
            volume.required("one of fieldRef and resourceFieldRef is required");
        check_mode(member("mode"));
    }
}

void check_token(const Place& projected, const Place& token) {
    auto seconds = token.at("expirationSeconds");
    if (seconds.integer(3600) < 600) seconds.invalid("may not specify a duration less than 10 minutes");
    if (seconds.integer() > (1LL << 32)) seconds.invalid("may not specify a duration larger than 2^32 seconds");
    if (token.at("path").text().empty()) projected.at("path").required();
}

void check_projected(const Place& projected) {
    check_mode(projected.at("defaultMode"));
    for (auto& source : projected.at("sources").items()) {
        int kinds = 0;
        for (auto& m : source.value().as_object()) {
            auto part = source.at(m.key);
            if (!part) continue;
            if (++kinds > 1) source.forbid("may not specify more than 1 volume type per source");
            bool is_named = m.key == "secret" || m.key == "configMap";
            if (is_named && part.at("name").text().empty()) part.at("name").required();
            if (is_named) check_items(part.at("items"));
            if (m.key == "downwardAPI") check_downward_items(part);
            if (m.key == "serviceAccountToken") check_token(projected, part);
        }
    }
}

void check_empty_dir(const Place& dir) {
    auto limit = dir.at("sizeLimit");
    auto amount = parse_quantity(limit.text());
    if (amount && *amount < Quantity()) limit.forbid("SizeLimit field must be a valid resource quantity");
}

}  // namespace

void check_relative_path(const Place& path) {
    if (path.text().starts_with('/')) path.invalid("must be a relative path");
    check_no_backsteps(path);
}

const std::vector<std::string_view>& volume_sources() {
    static const std::vector<std::string_view> all{"emptyDir",
                                                   "hostPath",
                                                   "gitRepo",
                                                   "gcePersistentDisk",
                                                   "awsElasticBlockStore",
                                                   "secret",
                                                   "nfs",
                                                   "iscsi",
                                                   "glusterfs",
                                                   "flocker",
                                                   "persistentVolumeClaim",
                                                   "rbd",
                                                   "cinder",
                                                   "cephfs",
                                                   "quobyte",
                                                   "downwardAPI",
                                                   "fc",
                                                   "flexVolume",
                                                   "configMap",
                                                   "azureFile",
                                                   "vsphereVolume",
                                                   "photonPersistentDisk",
                                                   "portworxVolume",
                                                   "azureDisk",
                                                   "storageos",
                                                   "projected",
                                                   "scaleIO",
                                                   "csi",
                                                   "ephemeral",
                                                   "image"};
    return all;
}

void check_volume_source(std::string_view kind, const Place& source) {
    auto found = std::find_if(needs().begin(), needs().end(), [&](auto& n) { return n.kind == kind; });
    if (found != needs().end()) {
        for (auto member : found->members) {
            if (!source.at(member).filled()) source.at(member).required();
        }
    }
    if (kind == "emptyDir") check_empty_dir(source);
    if (kind == "nfs" && !source.at("path").text().empty() && !source.at("path").text().starts_with('/'))
        source.at("path").invalid("must be an absolute path");
    if (kind == "secret" || kind == "configMap" || kind == "downwardAPI") check_mode(source.at("defaultMode"));
    if (kind == "secret" || kind == "configMap") check_items(source.at("items"));
    if (kind == "downwardAPI") check_downward_items(source);
    if (kind == "projected") check_projected(source);
    if (kind == "hostPath") {
        check_no_backsteps(source.at("path"));
        source.at("type").one_of(
            {"", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"},
            false);
    }
    if (kind == "ephemeral") {
        auto claim = source.at("volumeClaimTemplate");
        if (claim)
            check_claim_spec(claim.at("spec"));
        else
            claim.required();
    }
}

void check_one_source(const Place& holder, const std::vector<std::string_view>& sources) {
    int count = 0;
    for (auto kind : sources) {
        auto source = holder.at(kind);
        if (!source) continue;
        if (count++ > 0)
            source.forbid("may not specify more than 1 volume type");
        else
            check_volume_source(kind, source);
    }
    if (count == 0) holder.required("must specify a volume type");
}

void check_volumes(const Place& volumes, PodContext& context) {
    for (auto& volume : volumes.items()) {
        auto before = volume.errors().size();
        auto name = volume.at("name");
        check_one_source(volume, volume_sources());
        if (name.text().empty())
            name.required();
        else
            name.must_be(dns1123_label);
        if (context.volumes.contains(name.text())) name.duplicate();
        if (volume.errors().size() == before) context.volumes.emplace(name.text());
    }
}

}  // namespace mizzen::apiserver
