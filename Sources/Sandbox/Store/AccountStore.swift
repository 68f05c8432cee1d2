import Storage

/// The merchant's settings.
enum AccountStore {
    static func load(in work: SandboxWork) throws -> AccountSettings {
        let found = try work.rows("SELECT \(columns) FROM account WHERE id = 1", read: settings)
        guard let settings = found.first else { throw SandboxFault.unreadableRow(table: "account") }
        return settings
    }

    static func save(_ settings: AccountSettings, in work: SandboxWork) throws {
        let sql = """
            UPDATE account SET callback_url = ?, callback_secret = ?, callbacks = ?, refund_fails_before_percent = ?,
                refund_fails_after_percent = ?, timeout_success_percent = ?, timeout_failure_percent = ? WHERE id = 1
            """
        try work.run(sql) { values in
            values.text(settings.callbackURL)
            values.text(settings.callbackSecret?.text)
            values.text(settings.callbacks.rawValue)
            values.integer(settings.misbehaviour.refundFailsBeforePercent)
            values.integer(settings.misbehaviour.refundFailsAfterPercent)
            values.integer(settings.misbehaviour.timeoutSuccessPercent)
            values.integer(settings.misbehaviour.timeoutFailurePercent)
        }
    }

    private static let columns = """
        callback_url, callback_secret, callbacks, refund_fails_before_percent, refund_fails_after_percent,
        timeout_success_percent, timeout_failure_percent
        """

    private static func settings(from columns: inout ColumnReader) throws -> AccountSettings {
        let url = columns.optionalText()
        let secret = columns.optionalText()
        guard let callbacks = AccountSettings.Callbacks(rawValue: columns.text()) else {
            throw SandboxFault.unreadableRow(table: "account")
        }
        return AccountSettings(
            callbackURL: url, callbackSecret: secret.map(SandboxSecret.init), callbacks: callbacks,
            misbehaviour: Misbehaviour(
                refundFailsBeforePercent: columns.integer(), refundFailsAfterPercent: columns.integer(),
                timeoutSuccessPercent: columns.integer(), timeoutFailurePercent: columns.integer()))
    }
}
