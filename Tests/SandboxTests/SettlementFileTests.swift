import Foundation
import JSON
import Sandbox
import Storage
import Testing

@Suite("The sandbox's daily files")
struct SettlementFileTests {
    @Test("have a line for each movement, with exact decimals, and sums that add up")
    func lines() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            _ = try await caller.charge(1_000, "EUR")
            _ = try await caller.charge(1_000, "JPY")
            _ = try await caller.charge(10_000, "KWD")
            let refunded = try await caller.charge(5, "EUR")
            _ = try await caller.refund(refunded)
            let (settlement, bank) = try await sandbox.closeDay()
            try settlement.checkSums()
            try bank.checkSums(from: [:])
            let figures = settlement.items.map { [$0["type"], $0["gross"], $0["fee"], $0["net"], $0["currency"]] }
            #expect(
                figures == [
                    ["charge", "10.00", "0.39", "9.61", "EUR"], ["charge", "1000", "14", "986", "JPY"],
                    ["charge", "10.000", "0.390", "9.610", "KWD"], ["charge", "0.05", "0.25", "-0.20", "EUR"],
                    ["refund", "-0.05", "0.00", "-0.05", "EUR"],
                ])
            #expect(bank.records("line").map { $0["amount"] } == ["9.36", "986", "9.610"])
        }
    }

    @Test("net refunds, returned refunds, chargebacks and their fees")
    func netting() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            _ = try await caller.charge(1_000, with: "pm_chargeback_won")
            let returned = try await caller.charge(1_000, with: "pm_refund_fails_after")
            _ = try await caller.refund(returned)
            try await caller.untilQuiet()
            let (settlement, _) = try await sandbox.closeDay()
            try settlement.checkSums()
            let figures = settlement.items.map { [$0["type"], $0["gross"], $0["fee"]] }
            #expect(
                Set(figures) == [
                    ["charge", "10.00", "0.39"], ["refund", "-10.00", "0.00"], ["refund_reversal", "10.00", "0.00"],
                    ["chargeback", "-10.00", "0.00"], ["fee", "0.00", "15.00"],
                    ["chargeback_reversal", "10.00", "0.00"],
                ])
            #expect(settlement.items.count == 7)
        }
    }

    @Test("draw money where refunds exceed charges, and carry the bank's balance on")
    func negativeRemittance() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let id = try await caller.charge(1_000)
            let (_, first) = try await sandbox.closeDay()
            #expect(first.records("closing").map { $0["amount"] } == ["9.61"])
            _ = try await caller.refund(id)
            let (settlement, second) = try await sandbox.closeDay()
            #expect(settlement.records("remittance").map { $0["net"] } == ["-10.00"])
            #expect(second.records("line").map { $0["amount"] } == ["-10.00"])
            try second.checkSums(from: ["EUR": 961])
            #expect(second.records("closing").map { $0["amount"] } == ["-0.39"])
        }
    }

    @Test("are fixed when the day is closed; what comes afterwards belongs to the next one")
    func closingIsFinal() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            _ = try await caller.charge(1_000)
            let closed = try await caller.post("/v1/files/close_day", key: nil)
            let day = try #require(closed["date"]?.string)
            let file = try await caller.get("/v1/files/settlement?date=\(day)").text
            _ = try await caller.charge(2_000)
            let again = try await caller.post("/v1/files/close_day", #"{"date":"\#(day)"}"#, key: nil)
            #expect(again.text == closed.text)
            #expect(try await caller.get("/v1/files/settlement?date=\(day)").text == file)
            let next = try await caller.post("/v1/files/close_day", key: nil)
            let nextDay = try #require(next["date"]?.string)
            #expect(nextDay > day)
            let (settlement, _) = try await sandbox.files(of: next)
            #expect(settlement.items.map { $0["gross"] } == ["20.00"])
            let closedAt = try ReadFile(file).records("header").first?["occurred_at"] ?? ""
            #expect(try ReadFile(file).items.allSatisfy { ($0["occurred_at"] ?? "") <= closedAt })
            #expect(settlement.items.allSatisfy { ($0["occurred_at"] ?? "") > closedAt })
        }
    }

    @Test("of a day that is closed after midnight account for what came before it")
    func closedAfterMidnight() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            let tomorrow = BusinessDay(of: sandbox.clock.now).advanced(byDays: 1)
            let noon = Instant(microseconds: (tomorrow.number * 24 + 12) * 3_600_000_000)
            sandbox.clock.move(by: noon.since(sandbox.clock.now))
            _ = try await caller.charge(1_000)
            sandbox.clock.move(by: .days(1))
            _ = try await caller.charge(2_000)
            let closed = try await caller.post("/v1/files/close_day", #"{"date":"\#(tomorrow)"}"#, key: nil)
            let (settlement, _) = try await sandbox.files(of: closed)
            #expect(settlement.items.map { $0["gross"] } == ["10.00"])
            #expect(settlement.records("header").map { $0["occurred_at"] } == ["\(tomorrow)T23:59:59.999999Z"])
            let (next, _) = try await sandbox.closeDay()
            #expect(next.items.map { $0["gross"] } == ["20.00"])
        }
    }

    @Test("are not to be had before the day is closed, and no day is closed before its time")
    func notYet() async throws {
        try await withSandbox { sandbox in
            let caller = sandbox.caller
            #expect(try await caller.get("/v1/files/settlement?date=2026-01-01").errorCode == "not_found")
            #expect(try await caller.get("/v1/files/settlement?date=2026-02-30").errorCode == "invalid_field")
            let future = try await caller.post("/v1/files/close_day", #"{"date":"2999-01-01"}"#, key: nil)
            #expect(future.errorCode == "day_not_closable")
            _ = try await caller.post("/v1/files/close_day", key: nil)
            let past = try await caller.post("/v1/files/close_day", #"{"date":"2020-01-01"}"#, key: nil)
            #expect(past.errorCode == "day_not_closable")
        }
    }

    @Test("reach the bank after the days it was told, and are written to a directory")
    func bankDelay() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        try await withSandbox {
            $0.bankDelayDays = 2
            $0.filesDirectory = directory.path
        } _: { sandbox in
            _ = try await sandbox.caller.charge(1_000)
            let closed = try await sandbox.caller.post("/v1/files/close_day", key: nil)
            let day = try #require(closed["date"]?.string.flatMap(BusinessDay.init(text:)))
            let bankDate = day.advanced(byDays: 2)
            #expect(closed["bank_date"]?.string == "\(bankDate)")
            #expect(try await sandbox.caller.get("/v1/files/bank?date=\(day)").errorCode == "not_found")
            for (name, path) in [
                ("settlement-\(day).csv", "settlement?date=\(day)"), ("bank-\(bankDate).csv", "bank?date=\(bankDate)"),
                ("planted-\(day).json", "planted?date=\(day)"),
            ] {
                let written = try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
                #expect(try await sandbox.caller.get("/v1/files/\(path)").text == written)
            }
        }
    }
}
