import EventLog
import JSON
import Payments
import Storage

/// One event taken from the server with its proof, and checked as a stranger would: with the proof's text and the log's
/// public key, and nothing else.
struct DemoProof: Sendable {
    let sequence: Int64
    let checkpointSize: UInt64
    let isRight: Bool

    /// Proves the event in the middle of the log.
    init(_ api: APIClient, _ installation: Installation) async throws {
        let head = try installation.database.read(Founding.book) { $0.asOf }
        sequence = max(1, head / 2)
        let reply = try await api.exchange(.GET, "/v1/events/\(sequence)/proof")
        guard reply.isSuccess else { throw APIRefusal(reply, path: "/v1/events/\(sequence)/proof") }
        let proof = try TransparencyProof(reply.text)
        let origin = LogOrigin(book: Founding.bookName, epoch: 1).description
        let checkpoint = try proof.verify(with: [try installation.directory.verifier()], origin: origin)
        checkpointSize = checkpoint.size
        isRight = try EventDocument(proof.event).id.sequence == sequence
    }

    var text: String {
        "Event \(sequence) is in the log of \(checkpointSize) events that was signed: checked with the public key alone.\n"
    }

    var json: JSONValue {
        .object([
            ("sequence", .integer(sequence)), ("checkpoint_size", .integer(Int64(clamping: checkpointSize))),
            ("ok", .bool(isRight)),
        ])
    }
}
