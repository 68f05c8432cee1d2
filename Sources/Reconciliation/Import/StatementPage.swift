import EventLog
import Ledger
import Storage

/// Some lines of a file that are booked in one unit of work. The same file always has the same pages' lines in the same
/// order, so that an import that was broken off goes on at the right one.
struct StatementPage: Sendable {
    /// How many lines of the statement are booked before this page, and after it.
    let start: Int64
    let end: Int64
    private let part: Part

    private enum Part: Sendable {
        /// Lines of one name are together.
        case settlement([[SettlementLine]])
        case bank([BankLine])
    }

    /// - Parameters:
    ///   - openingCount: Lines that are not the file's own, booked before its first.
    ///   - bookedCount: How many lines are booked already, those included; the pages begin after them.
    ///   - lineCount: How many lines a page has at least, unless it is the last.
    static func pages(
        of content: StatementContent, after openingCount: Int64 = 0, bookedCount: Int64, lineCount: Int
    ) -> [StatementPage] {
        switch content {
        case .settlement(let content):
            let groups = LineGroup.of(content.lines).map { group in group.places.map { content.lines[$0] } }
            return pages(of: groups, after: openingCount, bookedCount, lineCount, size: \.count) { .settlement($0) }
        case .bank(let content):
            return pages(of: content.lines, after: openingCount, bookedCount, lineCount, size: \.one) { .bank($0) }
        }
    }

    private static func pages<Unit>(
        of units: [Unit], after openingCount: Int64, _ bookedCount: Int64, _ lineCount: Int, size: (Unit) -> Int,
        part: ([Unit]) -> Part
    ) -> [StatementPage] {
        var pages: [StatementPage] = []
        var (start, end, gathered) = (openingCount, openingCount, [Unit]())
        for (index, unit) in units.enumerated() {
            end += Int64(size(unit))
            // Booked before the import was broken off, always with all lines of its name.
            if end <= bookedCount {
                start = end
                continue
            }
            gathered.append(unit)
            guard end - start >= lineCount || index == units.count - 1 else { continue }
            pages.append(StatementPage(start: start, end: end, part: part(gathered)))
            (start, gathered) = (end, [])
        }
        return pages
    }

    func book(
        _ statement: Statement, _ terms: SettlementTerms, context: EventContext, in work: inout UnitOfWork
    ) throws {
        switch part {
        case .settlement(let groups):
            let booking = SettlementBooking(statement: statement, terms: terms, context: context)
            for lines in groups { try booking.book(lines, in: &work) }
        case .bank(let lines):
            let booking = BankBooking(statement: statement, bank: terms.bank, context: context)
            for line in lines { try booking.book(line, in: &work) }
        }
    }

    /// What booking it will look for first.
    func expectedKeys(at account: PathSegment) -> [ExpectedKey] {
        switch part {
        case .settlement(let groups):
            return groups.map { lines in
                let name = PairKey(account.text, lines[0].providerReference.text)
                return .group(ExpectedMovement.byProviderReference, name)
            }
        case .bank(let lines):
            return lines.compactMap { line in line.remittance.map { .group(Remittance.byReference, $0.text) } }
        }
    }
}

extension BankLine {
    /// A bank's line stands for itself.
    fileprivate var one: Int { 1 }
}
