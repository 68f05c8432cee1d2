import Foundation
import JSON
import Testing

/// A shop at work while its books are backed up: orders of every kind, asked for over HTTP one after another.
final class DrilledShop {
    private let books: ServedBooks
    private let key: String
    private var orderCount = 0
    /// Every payment it was told of.
    private(set) var payments: [String] = []

    init(_ books: ServedBooks, key: String) {
        self.books = books
        self.key = key
    }

    @discardableResult
    func charge(_ amount: Int, with token: String = "pm_approve", capture: String = "automatic") throws -> String {
        let body = """
            {"amount": \(amount), "currency": "EUR", "payment_method": "\(token)", "merchant": "acme", "capture": "\(capture)"}
            """
        let payment = try #require(try ask("/v1/charges", body)["id"]?.string)
        payments.append(payment)
        let status = capture == "manual" ? "authorized" : "captured"
        try wait(for: payment) { $0["status"]?.string == status }
        return payment
    }

    func capture(_ payment: String, _ amount: Int? = nil, isFinal: Bool = false) throws {
        let amount = amount.map { "\"amount\": \($0), " } ?? ""
        try ask("/v1/payments/\(payment)/capture", "{\(amount)\"final\": \(isFinal)}")
        try wait(for: payment) { $0["amount_captured"]?.integer != 0 }
    }

    func void(_ payment: String) throws {
        try ask("/v1/payments/\(payment)/void", "{}")
        try wait(for: payment) { $0["status"]?.string == "voided" }
    }

    func refund(_ payment: String, _ amount: Int) throws {
        try ask("/v1/payments/\(payment)/refunds", #"{"amount": \#(amount)}"#)
        try wait(for: payment) { $0["amount_refunded"]?.integer != 0 }
    }

    @discardableResult
    private func ask(_ path: String, _ body: String) throws -> JSONValue {
        orderCount += 1
        let answer = try Curl.post(books.url + path, key: key, body, idempotencyKey: "order-\(orderCount)")
        #expect(answer["id"]?.string != nil, "\(path): \(answer.text)")
        return answer
    }

    private func wait(for payment: String, until isReached: (JSONValue) -> Bool) throws {
        for _ in 0..<300 {
            if isReached(try books.payment(payment, key: key)) { return }
            usleep(100_000)
        }
        Issue.record("\(payment) does not come so far: \(try books.payment(payment, key: key).text)")
    }
}

/// Where a payment stands, as far as money and promise go.
struct PaymentStanding: Equatable, CustomStringConvertible {
    let description: String

    init(_ payment: JSONValue) {
        let members = [
            "status", "amount", "currency", "merchant", "amount_authorized", "amount_captured", "amount_refunded",
            "amount_disputed", "in_doubt",
        ]
        description = members.map { payment[$0]?.text ?? "-" }.joined(separator: " ")
    }
}

extension ServedBooks {
    func payment(_ id: String, key: String) throws -> JSONValue { try Curl.json("\(url)/v1/payments/\(id)", key: key) }

    func standings(of payments: [String], key: String) throws -> [PaymentStanding] {
        try payments.map { PaymentStanding(try payment($0, key: key)) }
    }
}
