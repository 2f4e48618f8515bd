// SPDX-License-Identifier: Apache-2.0
// gRPC with telemetry: grpc_greeter NAME... starts a server on loopback, greets each name over it, and ends. Both sides
// of a call are spans of one trace, sent where the OTEL_* variables say.
#include <grpcpp/grpcpp.h>

#include <cstdio>
#include <cstdlib>

#include "greeter.grpc.pb.h"
#include "interceptors.hpp"
#include "mizzen/base/error.hpp"

namespace {

class Greeter final : public mizzen::example::Greeter::Service {
    grpc::Status Greet(grpc::ServerContext*, const mizzen::example::GreetRequest* request,
                       mizzen::example::GreetAnswer* answer) override {
        if (request->name().empty()) return {grpc::StatusCode::INVALID_ARGUMENT, "a greeting needs a name"};
        answer->set_text("Hello, " + request->name());
        return grpc::Status::OK;
    }
};

}  // namespace

int main(int argc, char** argv) {
    try {
        using namespace mizzen::telemetry;
        BackgroundTelemetry telemetry(read_environment(variables_from(std::getenv)));

        Greeter greeter;
        int port = 0;
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&greeter);
        std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> of_server;
        of_server.push_back(grpc_example::traced_server(telemetry));
        builder.experimental().SetInterceptorCreators(std::move(of_server));
        const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();

        std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> of_client;
        of_client.push_back(grpc_example::traced_client(telemetry));
        const auto channel = grpc::experimental::CreateCustomChannelWithInterceptors(
            "127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), {}, std::move(of_client));
        const auto stub = mizzen::example::Greeter::NewStub(channel);
        for (int i = 1; i < argc; ++i) {
            grpc::ClientContext call;
            mizzen::example::GreetRequest request;
            request.set_name(argv[i]);
            mizzen::example::GreetAnswer answer;
            const grpc::Status status = stub->Greet(&call, request, &answer);
            std::printf("%s\n", status.ok() ? answer.text().c_str() : status.error_message().c_str());
        }
        server->Shutdown();
        return 0;  // the end of `telemetry` sends what is left
    } catch (const mizzen::Error& error) {
        std::fprintf(stderr, "grpc_greeter: %s\n", error.what());
        return 1;
    }
}
