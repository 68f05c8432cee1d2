import EventLog
import JSON

package struct AccountChanged: EventContent, Hashable {
    package static let type = "summa.ledger.account.changed"
    package static let meaning =
        "What an account takes was changed: it was frozen, unfrozen or closed, or got other limits."
    package static let subjectMeaning = "the account"
    package static let fields = [
        EventField("path", .text, "the account's name"),
        EventField("change", .oneOf(["frozen", "unfrozen", "closed", "limited"]), "what was done"),
        EventField(
            "floor", .integer, optional: true,
            "with `limited`: what requests may not take it below from now on, in minor units; absent for none"),
        EventField(
            "ceiling", .integer, optional: true,
            "with `limited`: what requests may not take it above from now on, in minor units; absent for none"),
    ]
    package static let example = AccountChanged(
        account: LedgerEventExample.wallet.id, path: LedgerEventExample.wallet.path,
        change: .limit(floor: -5_000, ceiling: nil))

    package let account: AccountID
    package let path: AccountPath
    package let change: AccountChange

    package var subject: String { account.description }

    package init(account: AccountID, path: AccountPath, change: AccountChange) {
        self.account = account
        self.path = path
        self.change = change
    }

    package func write(to data: inout JSONWriter) {
        data.field("path", path.text)
        switch change {
        case .freeze: data.field("change", "frozen")
        case .unfreeze: data.field("change", "unfrozen")
        case .close: data.field("change", "closed")
        case .limit(let floor, let ceiling):
            data.field("change", "limited")
            data.field("floor", ifPresent: floor)
            data.field("ceiling", ifPresent: ceiling)
        }
    }

    package init(subject: String, from data: inout JSONFields) throws {
        guard let account = AccountID(text: subject) else { throw EventRejection.malformed("subject") }
        guard let path = AccountPath(try data.string("path", maxLength: AccountPath.lengthMax)) else {
            throw EventRejection.malformed("path")
        }
        self.account = account
        self.path = path
        switch try data.string("change", maxLength: 10) {
        case "frozen": change = .freeze
        case "unfrozen": change = .unfreeze
        case "closed": change = .close
        case "limited":
            change = .limit(floor: try data.optionalInteger("floor"), ceiling: try data.optionalInteger("ceiling"))
        default: throw EventRejection.malformed("change")
        }
    }
}
