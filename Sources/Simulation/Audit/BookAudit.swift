import EventLog
import Ledger
import Payments
import Reconciliation
import Storage

/// One book's log and rows: all that `summa verify` looks at, and proofs of single events as strangers ask for them.
struct BookAudit {
    let rows: Rows
    let world: World
    private let place: String

    /// - Parameter directory: Where the replayed database may be made.
    init(rows: Rows, world: World, in directory: String) {
        self.rows = rows
        self.world = world
        place = directory + "/replay-\(rows.book.rawValue)"
    }

    func findings() throws -> [String] {
        let notes = world.place.history(of: rows.head.name)
        var fold = LedgerFold()
        var findings = try LogAudit { body in try body(rows) }
            .run(checkpoints: notes, keys: [world.signer.verifier]) { fold.apply($0) }.map { "\($0)" }
        findings += (fold.findings + (try fold.compare(with: rows))).map { "\($0)" }
        findings += try PaymentInvariants.findings(in: rows).map { "\($0)" }
        findings += try ReconciliationInvariants.findings(in: rows).map { "\($0)" }
        findings += try replayFindings()
        guard findings.isEmpty, let last = notes.last else { return findings }
        return try proofFindings(under: last)
    }

    /// Replaying the log makes the same rows again.
    private func replayFindings() throws -> [String] {
        let replay = try LogReplay(migrations: Parts.migrations, replayers: Parts.replayers, directory: place)
        defer { replay.remove() }
        return try replay.run(rows).map { "\($0)" }
    }

    /// The first event, the last one under the checkpoint and some between are proved to whoever has the key.
    private func proofFindings(under note: SignedNote) throws -> [String] {
        let size = Int64(clamping: try Checkpoint(text: note.text).size)
        let store = EventStore(rows)
        return try [1, size / 3, size / 2, size - 1, size].filter { 1...max(1, size) ~= $0 }.compactMap { sequence in
            do {
                try store.proof(of: sequence, under: note).verify(
                    with: [world.signer.verifier], origin: store.origin.description)
                return nil
            } catch let rejection as ProofRejection {
                return "event \(sequence) is not proved: \(rejection)"
            }
        }
    }
}
