import Payments

/// The fact table as the page people read, made from the data the program runs on.
enum FactTablePage {
    static let path = "docs/facts.md"

    static var markdown: String {
        """
        # Facts: what is done with a provider's word

        Made from `Sources/Payments/Facts/FactTable.swift`; a test says when this page is out of date.

        A fact is something a provider says has happened, whether it answered, called back, was asked, or wrote it in a file.
        Two questions are asked of it. *Have we heard it already?* is answered by the operation or the dispute it speaks of;
        *does it fit the payment?* by the payment's status, only if the first answer was to apply it. Both tables together cover every
        fact in every state.

        | Word | What is done |
        |---|---|
        | apply | It is booked. |
        | flag | It is booked, the payment is `conflicted`, and a work item opens. |
        | late | It is booked, the payment is a `late_success`, and a work item opens; the merchant's terms say whether it is given back. |
        | drop | It says nothing new: a repeat, or a callback from before what we know. Kept with its verdict. |
        | ask | It would undo what we know. The provider is asked, and its answer is believed: what a look-up says is applied and flagged. |

        What no table of states can say:

        - A promise stated again with another amount is no repeat: theirs is booked, and flagged.
        - `authorized` under the name of a promise that was voided or has run out: drop. It is that promise.
        - `refunded` of a refund that was returned, under the same name: drop. It is the success that was undone.
        - `voided` and `expired` while a capture is unanswered: ask. The capture decides.
        - An amount that is not the one asked for is booked as stated, and flagged.
        - Another currency than the payment's is booked to suspense; the merchant is untouched.

        ## Have we heard it already? By the operation

        \(table(FactTable.kindsByStanding, OperationStanding.allCases) { FactTable.known($0, $1) })

        `unknown`: no operation of ours; the provider did it with the charge, or unasked. `undone`: it failed after it had succeeded.

        ## Have we heard it already? By the dispute

        \(table(FactTable.kindsByDispute, DisputeState.allCases) { FactTable.known($0, $1) })

        ## Does it fit the payment?

        \(table(FactKind.allCases, PaymentStatus.allCases) { FactTable.fits($0, $1) })

        """
    }

    private static func table<Column: RawRepresentable<String>>(
        _ rows: [FactKind], _ columns: [Column], _ entry: (FactKind, Column) -> Verdict
    ) -> String {
        let heading = "| Fact | " + columns.map { "`\($0.rawValue)`" }.joined(separator: " | ") + " |"
        let rule = "|---|" + columns.map { _ in "---|" }.joined()
        let lines = rows.map { row in
            "| `\(row.rawValue)` | " + columns.map { word(entry(row, $0)) }.joined(separator: " | ") + " |"
        }
        return ([heading, rule] + lines).joined(separator: "\n")
    }

    private static func word(_ verdict: Verdict) -> String {
        switch verdict {
        case .apply([]): "apply"
        case .apply(let flags): flags.contains(.lateSuccess) ? "**late**" : "**flag**"
        case .drop: "drop"
        case .lookUp: "*ask*"
        }
    }
}
