import Ledger
import Testing

@Suite("A balance")
struct BalanceTests {
    @Test("is seen from the account's normal side")
    func normalSide() throws {
        var balance = Balance()
        try balance.post(700, on: .debit)
        try balance.post(200, on: .credit)
        #expect(balance.posted(on: .debit) == 500)
        #expect(balance.posted(on: .credit) == -500)
    }

    @Test("counts outgoing holds against what is available, and never incoming ones")
    func available() throws {
        var payable = Balance()
        try payable.post(1_000, on: .credit)
        try payable.hold(300, on: .debit)
        try payable.hold(5_000, on: .credit)
        #expect(payable.posted(on: .credit) == 1_000)
        #expect(payable.available(on: .credit) == 700)
        #expect(payable.pending(on: .credit) == 5_700)
    }

    @Test("gives back what a hold had reserved when it is released in part")
    func release() throws {
        var payable = Balance()
        try payable.post(1_000, on: .credit)
        try payable.hold(300, on: .debit)
        payable.release(100, on: .debit)
        #expect(payable.available(on: .credit) == 800)
        payable.release(200, on: .debit)
        #expect(payable.available(on: .credit) == 1_000)
        #expect(payable.debitsPending == 0)
    }

    @Test(
        "takes the last minor unit a side has room for, refuses one more, and stays as it was", arguments: Side.allCases
    )
    func overflow(side: Side) throws {
        var balance = Balance()
        try balance.post(.max - 10, on: side)
        try balance.hold(9, on: side)
        try balance.post(1, on: side)
        let full = balance
        #expect(throws: BalanceOverflow(side: side)) { try balance.hold(1, on: side) }
        #expect(throws: BalanceOverflow(side: side)) { try balance.post(1, on: side) }
        #expect(balance == full)
        try balance.post(.max, on: side.opposite)
        #expect(balance.posted(on: side) == -9)
        #expect(balance.available(on: side) == -9)
    }
}
