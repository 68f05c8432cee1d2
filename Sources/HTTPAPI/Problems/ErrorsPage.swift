/// The page `docs/errors.md`, made from the table so that it cannot say anything else.
package enum ErrorsPage {
    package static var text: String {
        """
        # Errors

        Made from the one table of problems by its test. A code's name and meaning never change; new codes may come, so a program treats one it does
        not know by its status.

        Every answer of 400 and above is a problem after [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457), `application/problem+json`:

        ```json
        {"type":"urn:summa:problem:amount_not_positive","title":"An amount is not positive","status":400,"detail":"amount must be 1 or more","code":"amount_not_positive","param":"amount","retryable":false,"request_id":"req_0d7w3h5k9m2qa"}
        ```

        `code` is for programs, `detail` for people. `param` names the member, parameter or header it is about, or is null. `retryable` says whether the same request may
        succeed later as it is; `Retry-After` then says when it is worth it. `request_id` finds the request in the logs; it is also the answer's `X-Request-Id`.

        | Code | Status | Retry | Title | Meaning |
        |---|---|---|---|---|
        \(ProblemCode.allCases.map(row).joined(separator: "\n"))

        """
    }

    private static func row(of code: ProblemCode) -> String {
        let entry = code.entry
        let retry = entry.retryAfterSeconds.map { "after \($0) s" } ?? "no"
        return "| `\(code.rawValue)` | \(entry.status) | \(retry) | \(entry.title) | \(entry.meaning) |"
    }
}
