import Testing

@Suite("The shipped charges meet every case")
struct ExampleChargesTests {
    private func shipped() throws -> ExampleCharges {
        try ExampleCharges(text: #require(SourceTree.project.file("examples/charges.csv")).text)
    }

    @Test("they are 1,000 orders of at least eight merchants in four currencies, each with its own reference")
    func shape() throws {
        let charges = try shipped()
        #expect(charges.heading == ExampleCharges.columns.joined(separator: ","))
        #expect(charges.rows.count == 1_000)
        #expect(Set(charges.rows.map { $0["reference"] }).count == 1_000)
        #expect(Set(charges.rows.map { $0["merchant"] }).count >= 8)
        #expect(Set(charges.rows.map { $0["currency"] }) == ["EUR", "USD", "JPY", "KWD"])
    }

    @Test("every row keeps the rules of its columns")
    func rows() throws {
        let faults = try shipped().faults()
        #expect(faults == [])
    }

    @Test("every token the sandbox knows occurs, and no other")
    func tokens() throws {
        let literals = SourceTree.project.sources.filter { $0.path.hasPrefix("Sources/Sandbox/") }
            .flatMap(\.swift.literals).map(\.text)
        let known = Set(literals.filter { $0.hasPrefix("pm_") })
        let shipped = try shipped().tokens
        #expect(known.subtracting(shipped) == [])
        #expect(shipped.subtracting(known) == [])
    }

    @Test("every step occurs, and five orders of six are simply approved")
    func steps() throws {
        let rows = try shipped().rows
        let verbs = rows.flatMap { $0["follow_up"].split(separator: ";").map { $0.prefix { $0 != ":" } } }
        #expect(
            Set(verbs) == [
                "capture", "capture_final", "void", "void_racing_capture", "refund", "refund_after_settlement", "act",
            ])
        let plain = rows.filter {
            $0["payment_method"] == "pm_approve" && $0["capture"] == "automatic" && $0["follow_up"].isEmpty
        }
        #expect((800...900).contains(plain.count))
    }

    @Test("a merchant gives back all it took, after the day's remittance")
    func merchantInDebit() throws {
        let rows = try shipped().rows.filter { $0["merchant"] == "popup_stand" }
        #expect(rows.contains { $0["payment_method"] == "pm_chargeback_lost" })
        #expect(
            rows.allSatisfy {
                $0["payment_method"] == "pm_chargeback_lost" || $0["follow_up"] == "refund_after_settlement:full"
            })
    }

    @Test(
        "a row that breaks a rule is named, with its line",
        arguments: [
            ("o-1,shop,1000,EUR,pm_approve,manual,,x,capture:1000", []),
            ("o-1,shop,1000,EUR,pm_approve,manual,,x,capture:600;capture:401", ["line 2: follow_up"]),
            ("o-1,shop,1000,EUR,pm_approve,manual,,x,capture:0", ["line 2: follow_up"]),
            ("o-1,shop,1000,EUR,pm_approve,manual,,x,void;", ["line 2: follow_up"]),
            ("o-1,shop,10.00,EUR,pm_approve,automatic,,x,", ["line 2: amount"]),
            ("o-1,shop,0,EUR,pm_approve,automatic,,x,", ["line 2: amount"]),
            (
                "o 1,shop,1,GBP,pm_approve,later,-1,x,",
                ["reference", "currency", "capture", "platform_fee"].map { "line 2: \($0)" }
            ),
        ])
    func faults(row: String, expected: [String]) throws {
        let faults = try ExampleCharges(text: "heading\n\(row)\n").faults()
        #expect(faults == expected)
    }
}
