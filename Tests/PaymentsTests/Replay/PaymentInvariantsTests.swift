import EventLog
import Ledger
import Money
import Payments
import Storage
import SummaTestKit
import Testing

@Suite("Looking at payments from outside")
struct PaymentInvariantsTests {
    @Test("names what another hand has made wrong, and the replay of the log names the row", arguments: Self.changes)
    func found(change: Change) async throws {
        let stage = try await PaymentStage()
        let id = try await change.isOfCaptured ? stage.captured() : stage.authorized()
        stage.store.close()
        let hand = try SQLiteConnection(path: Database.file(in: stage.store.directory.path), access: .readWrite)
        try hand.execute("PRAGMA ignore_check_constraints = ON; UPDATE payment SET \(change.assignment)")

        let findings = try withWholeBook(of: stage.store) { try PaymentInvariants.findings(in: $0) }
        let hold = try withWholeBook(of: stage.store) { try #require(try PaymentStore.find(id, in: $0)).hold }
        #expect(findings.contains(change.finding(id, hold)), "\(findings)")
        let differences = try differencesToReplay(of: stage.store, PaymentStage.migrations, PaymentStage.replayers)
        #expect(differences.contains { "\($0)".contains("payment") }, "\(differences)")
    }

    @Test("finds nothing wrong with what the verbs made")
    func nothing() async throws {
        let stage = try await PaymentStage()
        let id = try await stage.captured()
        _ = try await stage.refund(id, 300)
        #expect(try withWholeBook(of: stage.store) { try PaymentInvariants.findings(in: $0, pageSize: 1) } == [])
    }

    /// Something another hand did to the payment's row.
    struct Change: Sendable, CustomTestStringConvertible {
        let assignment: String
        let isOfCaptured: Bool
        let finding: @Sendable (PaymentID, LedgerTransactionID) -> PaymentFinding

        init(
            _ assignment: String, ofCaptured: Bool = true,
            _ finding: @escaping @Sendable (PaymentID, LedgerTransactionID) -> PaymentFinding
        ) {
            self.assignment = assignment
            isOfCaptured = ofCaptured
            self.finding = finding
        }

        var testDescription: String { assignment }
    }

    static let changes = [
        Change("captured_minor = 999") { id, _ in .sumDiffers(id, .captured) },
        Change("fee_charged_minor = 1") { id, _ in .sumDiffers(id, .feeCharged) },
        Change("captured_minor = 1001") { id, _ in .capturedAboveAuthorized(id) },
        Change("refunded_minor = 1001") { id, _ in .returnedAboveCaptured(id) },
        Change("refunds_in_flight_minor = 1") { id, _ in .reservationDiffers(id, .refund) },
        Change("captures_in_flight_minor = 1") { id, _ in .reservationDiffers(id, .capture) },
        Change("doubt_count = 1") { id, _ in .doubtsMiscounted(id) },
        Change("first_hold = NULL, first_hold_minor = NULL", ofCaptured: false) { .holdOutlives($0, $1) },
        Change("authorization = 'voided'", ofCaptured: false) { .holdOutlives($0, $1) },
        Change("first_hold_minor = 999", ofCaptured: false) { .holdDiffers($0, $1) },
    ]
}
