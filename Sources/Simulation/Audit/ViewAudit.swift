import Delivery
import EventLog
import Payments
import Storage

/// The view of payments, against the same view built anew from the log alone, and against the payments themselves.
struct ViewAudit {
    let rows: Rows
    let world: World
    private let projection: any Projection
    private let place: String

    /// - Parameter directory: Where the other database may be made.
    init(rows: Rows, projection: any Projection, world: World, in directory: String) {
        self.rows = rows
        self.projection = projection
        self.world = world
        place = directory + "/view"
    }

    func findings() throws -> [String] {
        let views = try Self.views(in: rows)
        let payments = try PaymentStore.page(after: nil, limit: .max, in: rows).map(\.payment)
        var findings = zip(views, payments).filter { view, payment in
            view.id != payment.id || view.status != payment.status || view.amounts != payment.amounts
                || view.isInDoubt != payment.isInDoubt
        }.map { "the view shows \($0.id) \($0.status.rawValue), the payment is \($1.status.rawValue)" }
        if views.count != payments.count {
            findings.append("the view shows \(views.count) of \(payments.count) payments")
        }
        let rebuilt = try rebuilt()
        if rebuilt != views { findings.append("the view is not what its rebuild is") }
        return findings
    }

    private static func views(in rows: Rows) throws -> [PaymentView] {
        try rows.select(PaymentView.self, "id > 0 ORDER BY id")
    }

    /// The view of a database that has nothing but the log.
    private func rebuilt() throws -> [PaymentView] {
        defer { CrashedFiles.remove(place) }
        var configuration = Database.Configuration()
        configuration.runsOwnThread = false
        let database = try Database(
            .directory(place), migrations: Parts.migrations, log: MerkleLog(), clock: world.time.world, writer: 0,
            configuration: configuration, stop: { _ in })
        defer { database.close() }
        database.enqueueCreation(of: rows.book, named: rows.head.name) { _ in }
        try rows.events(after: 0, limit: .max) { _, bytes in
            let bytes = Array(bytes)
            database.enqueue(rows.book, body: { _ = $0.appendEntry { $0 += bytes } }, completion: { _ in })
        }
        while database.runBatch() > 0 {}
        // What the product builds it by, whatever this run built it by.
        let worker = ProjectionWorker(PaymentViewProjection(), on: database)
        try world.executor.complete(with: database) { while try await worker.step() {} }
        return try database.read(rows.book, Self.views)
    }
}
