import HTTPTypes

/// All routes, found by method and path. Built once; two routes of one method and shape are a bug.
package struct RouteTable: Sendable {
    package let routes: [Route]
    private let root: Node

    /// One segment deep in the tree of paths. A literal wins over a parameter of the same place.
    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        var parameter: [Node] = []
        var routes: [Route] = []
    }

    package init(_ routes: [Route]) {
        self.routes = routes
        root = routes.reduce(into: Node()) { root, route in Self.insert(route, route.pattern.segments[...], in: &root) }
    }

    private static func insert(_ route: Route, _ rest: ArraySlice<RoutePattern.Segment>, in node: inout Node) {
        switch rest.first {
        case nil:
            precondition(!node.routes.contains { $0.method == route.method }, "\(route) stands twice")
            node.routes.append(route)
        case .literal(let text): insert(route, rest.dropFirst(), in: &node.literals[text, default: Node()])
        case .parameter:
            if node.parameter.isEmpty { node.parameter = [Node()] }
            insert(route, rest.dropFirst(), in: &node.parameter[0])
        }
    }
}

/// Finding.
extension RouteTable {
    /// The route of a request, with what its pattern took from the path. HEAD is answered by the route of GET.
    /// - Throws: `Problem` where no route has the path, or none has the method.
    package func find(_ method: HTTPRequest.Method, _ path: Substring) throws(Problem) -> (Route, PathParameters) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard path.hasPrefix("/"), let node = Self.find(segments[...], in: root) else { throw Problem(.routeUnknown) }
        let wanted = method == .head ? .get : method
        guard let route = node.routes.first(where: { $0.method == wanted }) else {
            throw Problem(.methodNotAllowed, allow: Self.allow(node))
        }
        return (route, try Self.parameters(of: route.pattern, in: segments))
    }

    private static func find(_ rest: ArraySlice<Substring>, in node: Node) -> Node? {
        guard let segment = rest.first else { return node.routes.isEmpty ? nil : node }
        if let next = node.literals[String(segment)], let found = find(rest.dropFirst(), in: next) { return found }
        guard !segment.isEmpty, let next = node.parameter.first else { return nil }
        return find(rest.dropFirst(), in: next)
    }

    private static func allow(_ node: Node) -> String {
        let methods = node.routes.map(\.method.rawValue)
        return (methods.contains("GET") ? methods + ["HEAD"] : methods).sorted().joined(separator: ", ")
    }

    private static func parameters(
        of pattern: RoutePattern, in segments: ArraySlice<Substring>
    ) throws(Problem) -> PathParameters {
        var values: [String: String] = [:]
        for (segment, text) in zip(pattern.segments, segments) {
            guard case .parameter(let name) = segment else { continue }
            guard let value = PercentEncoding.decode(text, plusIsSpace: false) else {
                throw Problem(.parameterInvalid, "the path is not percent-encoded UTF-8", param: name)
            }
            values[name] = value
        }
        return PathParameters(values)
    }
}
