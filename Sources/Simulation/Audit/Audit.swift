import EventLog
import Storage

/// Everything that must be so when a run has come to rest, looked at from outside and apart from what made it so.
struct Audit {
    let simulation: Simulation

    init(_ simulation: Simulation) {
        self.simulation = simulation
    }

    var world: World { simulation.world }
    var process: SummaProcess { simulation.process }

    /// What is wrong; empty when all of it is as it must be.
    func findings() throws -> [String] {
        let snapshot = try Snapshot(of: .directory(process.directory))
        var findings = try snapshot.booksWithoutHead().map { "events of book \($0.rawValue) have no head" }
        for head in snapshot.heads {
            findings += try BookAudit(rows: snapshot.rows(of: head), world: world, in: process.directory).findings()
                .map { "\(head.name): \($0)" }
        }
        guard let head = snapshot.heads.first(where: { $0.book == SummaProcess.book }) else {
            return findings + ["the book is gone"]
        }
        let rows = snapshot.rows(of: head)
        findings += try AcknowledgementAudit(intents: simulation.clients.intents, rows: rows).findings()
        findings += try ProviderAudit(effects: world.sandbox.effects(), rows: rows).findings()
        findings += try CallbackAudit(callbacks: world.sandbox.callbacks(), rows: rows).findings()
        findings += try DeliveryAudit(world: world, rows: rows).findings()
        findings += try ViewAudit(rows: rows, projection: world.seams.projection, world: world, in: process.directory)
            .findings()
        return findings + (try RestAudit(rows: rows, desk: simulation.desk).findings())
    }
}
