import NIOCore
import NIOHTTPTypes

/// Ends a connection whose body will not end.
///
/// A body that is too large is answered at once, and what is still on its way is read and dropped, so that the caller sees the
/// answer instead of a broken connection. That kindness needs a bound, and this is it.
final class BodyCutOff: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    static let byteCountMax = 4 * BodyRule.large

    private var byteCount = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: byteCount = 0
        case .body(let part): byteCount += part.readableBytes
        case .end: break
        }
        guard byteCount <= Self.byteCountMax else { return context.close(promise: nil) }
        context.fireChannelRead(data)
    }
}
