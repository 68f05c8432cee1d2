import EventLog

/// The published description of the members, the same on the page of every event type that carries them.
extension LedgerMembers {
    package static let fields = [
        EventField("accounts", .list(.object(OpenedAccount.fields)), optional: true, "the accounts this opened"),
        EventField(
            "ledger", .list(.object(LoggedTransaction.fields)), optional: true, "the ledger transactions this recorded"),
    ]
}

extension OpenedAccount {
    fileprivate static let fields = [
        EventField("id", .identifier(AccountID.prefix), "the account"),
        EventField("path", .text, "its name; ends in the currency's code"),
        EventField("type", .oneOf(AccountType.allCases.map(\.rawValue)), "seen from our books"),
        EventField("exponent", .integer, "digits after the point: what the minor unit of its amounts is"),
        EventField("owner_id", .text, optional: true, "whose account it is"),
        EventField("control", .boolean, optional: true, "whether only posting rules and adjustments write it"),
        EventField("items", .boolean, optional: true, "whether each posting names an open item"),
        EventField("purpose", .oneOf(AccountPurpose.logged), optional: true, "what must return to zero; absent else"),
        EventField("floor", .integer, optional: true, "what requests may not take it below, in minor units"),
        EventField("ceiling", .integer, optional: true, "what requests may not take it above, in minor units"),
    ]
}

extension LoggedTransaction {
    fileprivate static let fields = [
        EventField("id", .identifier(LedgerTransactionID.prefix), "the ledger transaction"),
        EventField("phase", .oneOf(LedgerPhase.allCases.map(\.name)), "what it does to the balances"),
        EventField("reason", .text, "why it exists, such as `capture` or `refund`"),
        EventField(
            "parent", .identifier(LedgerTransactionID.prefix), optional: true, "the hold it ends, or what it reverses"),
        EventField("external_id", .text, optional: true, "the caller's own name for it"),
        EventField("booked", .day, "the day whose period it belongs to"),
        EventField("valued", .day, optional: true, "the day the funds count from, when it is another"),
        EventField("occurred_at", .instant, optional: true, "when the outside world says it happened"),
        EventField("expires_at", .instant, optional: true, "when the hold ends by itself"),
        EventField("hold", .oneOf(Hold.Kind.allCases.map(\.rawValue)), optional: true, "which kind of hold it is"),
        EventField("postings", .list(.object(LoggedPosting.fields)), "its legs; they balance in each currency"),
    ]
}

extension LoggedPosting {
    fileprivate static let fields = [
        EventField("account", .text, "the account's path"),
        EventField("debit", .integer, optional: true, "the amount in minor units, where it is a debit"),
        EventField("credit", .integer, optional: true, "the amount in minor units, where it is a credit"),
        EventField("item", .text, optional: true, "what it belongs to on an account that tracks items"),
    ]
}

extension AccountPurpose {
    fileprivate static let logged = [AccountPurpose.clearing, .suspense].map(\.rawValue)
}
