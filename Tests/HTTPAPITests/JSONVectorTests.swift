import Foundation
import HTTPAPI
import NIOCore
import NIOHTTP1
import Payments
import SummaTestKit
import Testing

@Suite(
    "Published texts that are JSON, are not, or may be either",
    .enabled(if: SharedVectors.present, "the shared test vectors are not here"))
struct JSONVectorTests {
    private struct Vector: Decodable {
        let name: String
        let base64: String
    }

    @Test(
        "are answered by a body's problem each, and never by a fault",
        arguments: ["/v1/accounts", "/v1/charges", "/v1/ledger_transactions/batch"])
    func posted(path: String) async throws {
        let vectors = try SharedVectors.json("json/parsing.json", as: [Vector].self)
        #expect(vectors.count > 100)
        try await withServer { server in
            let headers: HTTPHeaders = [
                "authorization": "Bearer \(server.key(.operator))", "content-type": "application/json",
                "idempotency-key": "k1",
            ]
            for vector in vectors {
                let text = try #require(Data(base64Encoded: vector.base64))
                let reply = try await server.send(.POST, path, headers, .bytes(ByteBuffer(bytes: text)))
                #expect((400..<500).contains(reply.status), "\(vector.name): \(reply.text)")
            }
            #expect(try await server.send(.GET, "/healthz", as: nil).status == 200)
        }
    }
}
