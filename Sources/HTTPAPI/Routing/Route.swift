import HTTPTypes
import Payments

/// One row of the table of routes: what is asked, who may ask it, what it brings, and who answers.
package struct Route: Sendable, CustomStringConvertible {
    package let method: HTTPRequest.Method
    package let pattern: RoutePattern
    package let body: BodyRule
    package let handler: Handler
    /// Whether parameters of the query mean something here; where they do not, none may be sent.
    package private(set) var readsQuery = false
    /// Whether it is answered on the connections' own thread.
    package private(set) var isQuick = false

    package enum Handler: Sendable {
        /// Anybody may ask.
        case open(@Sendable (Call) async throws -> Answer)
        /// Whoever's role has the permission may ask, about its own book only.
        case permitted(Permission, @Sendable (Call, Principal) async throws -> Answer)
    }

    package init(_ method: HTTPRequest.Method, _ pattern: RoutePattern, body: BodyRule, _ handler: Handler) {
        self.method = method
        self.pattern = pattern
        self.body = body
        self.handler = handler
    }

    package var description: String { "\(method.rawValue) \(pattern)" }
}

/// What a route reads of a body.
package enum BodyRule: Hashable, Sendable {
    /// Nothing; one that is sent is not looked at.
    case none
    /// A JSON object of at most so many bytes.
    case json(byteCountMax: Int)
    /// A JSON object, or nothing at all, which counts as an empty one.
    case optionalJSON(byteCountMax: Int)
    /// Any bytes of these content types, or of any where the list is empty.
    case bytes(byteCountMax: Int, contentTypes: [String])

    package static let small = 1 << 20
    package static let large = 16 << 20

    package var byteCountMax: Int {
        switch self {
        case .none: 0
        case .json(let max), .optionalJSON(let max), .bytes(let max, _): max
        }
    }
}

/// What a table of routes says beside.
extension Route {
    /// The same, whose handler reads the query and refuses what it does not know there.
    package var readingQuery: Route {
        var route = self
        route.readsQuery = true
        return route
    }

    /// The same, which takes but microseconds of our own and otherwise waits for a commit: answered on the connections' own
    /// thread, since handing it to another and back costs more than it takes. All connections wait meanwhile.
    package var quick: Route {
        var route = self
        route.isQuick = true
        return route
    }
}

/// Short forms for tables of routes.
extension Route {
    package static func get(
        _ pattern: RoutePattern, _ permission: Permission,
        _ answer: @escaping @Sendable (Call, Principal) async throws -> Answer
    ) -> Route {
        Route(.get, pattern, body: .none, .permitted(permission, answer))
    }

    package static func post(
        _ pattern: RoutePattern, _ permission: Permission, body: BodyRule = .json(byteCountMax: BodyRule.small),
        _ answer: @escaping @Sendable (Call, Principal) async throws -> Answer
    ) -> Route {
        Route(.post, pattern, body: body, .permitted(permission, answer))
    }

    package static func open(
        _ method: HTTPRequest.Method, _ pattern: RoutePattern, body: BodyRule = .none,
        _ answer: @escaping @Sendable (Call) async throws -> Answer
    ) -> Route {
        Route(method, pattern, body: body, .open(answer))
    }
}
