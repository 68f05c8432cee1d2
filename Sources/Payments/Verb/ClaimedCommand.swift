import Ledger

/// A command that is ours to ask for now, until its lease runs out.
package struct ClaimedCommand: Hashable, Sendable {
    package let command: ProviderCommand
    package let providerAccount: PathSegment
    package let task: ProviderCommandRow.Task
    /// The attempt's number.
    package let attempt: Int64

    package init(
        command: ProviderCommand, providerAccount: PathSegment, task: ProviderCommandRow.Task, attempt: Int64
    ) {
        self.command = command
        self.providerAccount = providerAccount
        self.task = task
        self.attempt = attempt
    }
}
