import EventLog
import Payments
import SummaTestKit
import Testing

@Suite("The events of the back office")
struct BackOfficeEventTests {
    private let events = PublishedEvents(BackOffice.contents)

    @Test("have the bytes they had when they were published", arguments: golden)
    func bytes(type: String, data: String) {
        #expect(events.data(of: type) == data)
    }

    @Test("are all among the published bytes")
    func complete() {
        #expect(events.types == golden.map(\.type).sorted())
    }

    @Test("say of themselves what they write, and read it back", arguments: golden.map(\.type))
    func readBack(type: String) throws {
        #expect(try events.faults(of: type) == [])
    }

    @Test("have pages that say what they say", arguments: modules)
    func pages(module: String) throws {
        #expect(try EventPages.isCurrent(module: module, contents: BackOffice.contents))
    }

    @Test("open a kind of work item for every alarm of a fact, each under its own name")
    func kinds() {
        for alarm in FactAlarm.allCases { #expect(WorkItemKind(alarm).rawValue == alarm.rawValue) }
    }
}

/// `summa.<module>.…`: each module has a page.
private let modules = Set(golden.compactMap { $0.type.split(separator: ".").dropFirst().first.map(String.init) })
    .sorted()

/// What stands in `data` behind the context, for ever.
private let golden: [(type: String, data: String)] = [
    (
        "summa.book.changed",
        #","merchant_debt":[{"currency":"EUR","exponent":2,"amount":50000}]"#
    ),
    (
        "summa.book.opened",
        #","mode":"test","merchant_debt":[{"currency":"EUR","exponent":2,"amount":50000}]"#
    ),
    (
        "summa.clock.doubted",
        #","against":"monotonic_clock","offset_seconds":3600"#
    ),
    (
        "summa.clock.trusted",
        ""
    ),
    (
        "summa.merchant.changed",
        #","fee_basis_points":290,"fee_fixed":[{"currency":"EUR","exponent":2,"amount":30}],"#
            + #""fee_rounding":"half_even","fee_on_refund":"proportional","chargeback_liability":"merchant","#
            + #""passes_dispute_fee":true,"late_success":"accept","#
            + #""display_name":"aEdaisWcezzIsCb3mXUev2OC+M2wRnmEYBSl5KHpdyQ=""#
    ),
    (
        "summa.merchant.created",
        #","code":"acme","fee_basis_points":290,"fee_fixed":[{"currency":"EUR","exponent":2,"amount":30}],"#
            + #""fee_rounding":"half_even","fee_on_refund":"proportional","chargeback_liability":"merchant","#
            + #""passes_dispute_fee":true,"late_success":"accept","#
            + #""display_name":"aEdaisWcezzIsCb3mXUev2OC+M2wRnmEYBSl5KHpdyQ=""#
    ),
    (
        "summa.notification.received",
        #","provider_account":"sandbox","name":"evt_0d7w3h5k9m2qa","verdict":"believed","#
            + #""body":"01XZEdLyalTcA2YZbZni/+8IW7nt96SVo0LqUsKkwvM=","masked":true"#
    ),
    (
        "summa.private_text.erased",
        ""
    ),
    (
        "summa.provider_account.changed",
        #","is_open":true,"#
            + #""partial_capture":true,"multiple_capture":true,"over_capture":false,"partial_refund":true,"#
            + #""void_after_capture":false,"fee_recognition":"settlement","#
            + #""minor_unit_steps":[{"currency":"JPY","step":10}],"currencies":["EUR","JPY"],"bank":"main""#
    ),
    (
        "summa.provider_account.connection_changed",
        #","parts":["credential","notification_secret"]"#
    ),
    (
        "summa.provider_account.created",
        #","code":"stripe_eu","provider":"stripe","#
            + #""partial_capture":true,"multiple_capture":true,"over_capture":false,"partial_refund":true,"#
            + #""void_after_capture":false,"fee_recognition":"settlement","#
            + #""minor_unit_steps":[{"currency":"JPY","step":10}],"currencies":["EUR","JPY"],"bank":"main""#
    ),
    (
        "summa.work_item.resolved",
        #","resolution":"settled""#
    ),
]
