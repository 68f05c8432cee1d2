import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives a problem to the refusals that no route has made: what is not HTTP, or has too many or too long headers, is refused
/// by the parser, with a bare 400, and the connection ends. Every answer of ours names its request, so that one that does not
/// is the parser's.
final class ParserRefusal: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let makeID: @Sendable () -> RequestID

    init(makeID: @escaping @Sendable () -> RequestID) {
        self.makeID = makeID
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(let head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headerFields[.requestID] == nil
        else { return context.write(data, promise: promise) }
        let id = makeID()
        var answer = Answer.problem(Problem(.requestMalformed), request: id)
        answer.headers[.requestID] = id.description
        answer.headers[.connection] = "close"
        answer.headers[.contentLength] = String(answer.body.count)
        let part = HTTPResponsePart.head(HTTPResponse(status: answer.status, headerFields: answer.headers))
        context.write(wrapOutboundOut(part), promise: promise)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))), promise: nil)
    }
}
