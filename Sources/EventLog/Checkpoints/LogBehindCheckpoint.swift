/// The log does not contain what was signed: it was put back from a backup, cut, or rewritten. Code `log_behind_checkpoint`.
///
/// Nobody may write to such a log: callers hold answers, and strangers hold checkpoints, that it has forgotten.
package struct LogBehindCheckpoint: Error, Hashable, Sendable {
    package enum Cause: Hashable, Sendable {
        /// The checkpoint is of more events, or of a later epoch, than the log has.
        case logIsShorter(size: UInt64)
        /// The log has that many events, and others.
        case logDiffers
        /// There is no such book any more.
        case bookIsGone
    }

    package static let code = "log_behind_checkpoint"

    package let checkpoint: Checkpoint
    package let cause: Cause

    package init(checkpoint: Checkpoint, cause: Cause) {
        self.checkpoint = checkpoint
        self.cause = cause
    }
}

extension LogBehindCheckpoint: CustomStringConvertible {
    package var description: String {
        let signed = "\(Self.code): \(checkpoint.origin) was signed with \(checkpoint.size) events, "
        switch cause {
        case .logIsShorter(let size):
            return signed + "but the log has \(size); if it was put back from a backup, begin an epoch: summa new-epoch"
        case .logDiffers: return signed + "and they are not the events the log has now"
        case .bookIsGone: return signed + "but there is no such book"
        }
    }
}
