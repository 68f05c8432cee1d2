/// The shape of a path: literal segments, and names in braces that take any one segment, `/v1/payments/{id}/capture`.
package struct RoutePattern: Hashable, Sendable, CustomStringConvertible {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    let segments: [Segment]
    /// As written: what metrics and logs call the route, whatever the path was.
    package let description: String

    package init(_ text: String) {
        precondition(text.hasPrefix("/"), "a path begins with a slash")
        description = text
        segments = text.split(separator: "/").map { segment in
            segment.hasPrefix("{") && segment.hasSuffix("}")
                ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }
}

extension RoutePattern: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) { self.init(text) }
}

/// What the braces of a pattern took from a path, percent-decoded.
package struct PathParameters: Hashable, Sendable {
    private let values: [String: String]

    package init(_ values: [String: String]) {
        self.values = values
    }

    /// - Precondition: the route's pattern has the name.
    package subscript(name: String) -> String {
        guard let value = values[name] else { preconditionFailure("the route has no {\(name)}") }
        return value
    }

    package var all: [(name: String, value: String)] { values.map { ($0.key, $0.value) } }
}
