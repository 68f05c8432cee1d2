import EventLog
import Payments
import Reconciliation
import Sandbox
import Storage

/// The back office: fetches the provider's and the bank's files and hands them in until they are booked, proposes adjustments as
/// one person and approves them as another.
final class Desk: @unchecked Sendable {
    private let world: World
    private var chance: Chance
    /// Files that are not booked to their end, each kind in its order.
    private var settlements: [[UInt8]] = []
    private var statements: [[UInt8]] = []
    /// The two kinds of file being handed in now, and the adjustments being made.
    private var underWay: Set<Errand> = []
    /// The names of lines and remittances that the files tell falsely.
    private(set) var planted: Set<String> = []
    private(set) var findings: [String] = []

    private enum Errand: Hashable { case settlement, statement, adjustment, clock }

    init(world: World, chance: Chance) {
        self.world = world
        self.chance = chance
    }

    var isBusy: Bool { !underWay.isEmpty }
    var hasFiles: Bool { !settlements.isEmpty || !statements.isEmpty }

    private let clerk = Desk.principal("olga", .operator, key: 2)
    private let approver = Desk.principal("anna", .approver, key: 3)

    private static func principal(_ name: String, _ role: Role, key: Int64) -> Principal {
        guard let name = PrincipalName(name) else { preconditionFailure("\(name) names a principal") }
        return Principal(name: name, role: role, book: SummaProcess.book, key: APIKeyID(rawValue: key))
    }

    // MARK: Files

    /// The provider closes its business day; its files wait to be handed in.
    /// - Parameter isFaithful: Whether the files tell what is so.
    func closeDay(isFaithful: Bool) throws -> String {
        let seed = chance.next()
        let files = try world.sandbox.closeDay(faultsSeed: isFaithful ? nil : seed)
        settlements.append(files.settlement)
        statements.append(files.bank)
        planted.formUnion(files.planted)
        return "day \(files.day) closed\(isFaithful ? "" : ", with differences")"
    }

    /// Hands in the oldest file of one kind; the same again until it is booked.
    func handInOne(to process: SummaProcess) -> String? {
        let kinds: [Errand] = [.settlement, .statement].filter { kind in
            !underWay.contains(kind) && !(kind == .settlement ? settlements : statements).isEmpty
        }
        guard !kinds.isEmpty else { return nil }
        let kind = kinds[chance.index(below: kinds.count)]
        guard let file = kind == .settlement ? settlements.first : statements.first else { return nil }
        start(kind) {
            let context = EventContext(actor: self.clerk.actor)
            _ = try await ImportStatement(database: process.database).run(
                .init(
                    book: SummaProcess.book, providerAccount: OpenShop.providerAccount, bytes: file, context: context))
            if process.life.isOver { return }
            if kind == .settlement { self.settlements.removeFirst() } else { self.statements.removeFirst() }
        }
        return "\(kind) handed in"
    }

    // MARK: Adjustments

    /// Proposes an adjustment for one open break that allows one today, and has it approved. Whoever proposes tries to approve
    /// it, too, now and then, and must not succeed.
    func adjustOne(in process: SummaProcess) -> String? {
        guard !underWay.contains(.adjustment), let found = try? adjustable(in: process).first else { return nil }
        let (broken, kind) = found
        let triesAlone = chance.oneIn(3)
        start(.adjustment) { try await self.adjust(broken, as: kind, in: process, triesAlone: triesAlone) }
        return "break \(broken.id) \(broken.kind.rawValue) to be adjusted as \(kind.rawValue)"
    }

    /// The open breaks a person may take out of the books today, by the first way the table of breaks names.
    private func adjustable(in process: SummaProcess) throws -> [(Break, AdjustmentKind)] {
        let now = world.time.wall.now
        let page = try ListBreaks(database: process.database).run(
            .init(state: .open, limit: 200), of: SummaProcess.book, at: now)
        return page.breaks.compactMap { reading in
            guard let kind = reading.proposable.first(where: { $0 == .rounding || $0 == .bankFee }) else { return nil }
            return (reading.row, kind)
        }
    }

    private func adjust(
        _ broken: Break, as kind: AdjustmentKind, in process: SummaProcess, triesAlone: Bool
    ) async throws {
        let database = process.database
        let book = SummaProcess.book
        let proposed = try await ProposeAdjustment(database: database).run(
            .init(
                book: book, break: broken.id, kind: kind, proposer: clerk,
                context: EventContext(actor: clerk.actor)))
        if triesAlone {
            do {
                _ = try await ApproveAdjustment(database: database).run(
                    .init(
                        book: book, adjustment: proposed.id, approver: clerk,
                        context: EventContext(actor: clerk.actor)))
                findings.append("\(proposed.id) was approved by who proposed it")
            } catch is AdjustmentRejection {}
        }
        _ = try await ApproveAdjustment(database: database).run(
            .init(
                book: book, adjustment: proposed.id, approver: approver, context: EventContext(actor: approver.actor)))
    }

    // MARK: The clock

    /// A person says that our clock is right.
    func confirmClock(in process: SummaProcess) -> String? {
        guard !underWay.contains(.clock) else { return nil }
        start(.clock) { try await process.clockGuard.confirm(EventContext(actor: self.clerk.actor)) }
        return "clock confirmed"
    }

    // MARK: Working

    /// What fails because the world does is done again another time.
    private func start(_ errand: Errand, _ body: @escaping @Sendable () async throws -> Void) {
        underWay.insert(errand)
        world.executor.start {
            do { try await body() } catch is StorageFault {
            } catch is AdjustmentRejection where errand == .adjustment {
                // The break ended, or grew too young by a clock set back, while the proposal was on its way.
            } catch {
                self.findings.append("\(errand): \(error)")
            }
            self.underWay.remove(errand)
        }
    }
}
