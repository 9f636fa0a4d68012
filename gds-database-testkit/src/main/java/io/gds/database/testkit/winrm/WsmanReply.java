package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.UUID;

/**
 * An answer in SOAP.
 *
 * @param status of HTTP
 * @param xml the envelope
 */
record WsmanReply(int status, String xml) {
    static final String CONTENT_TYPE = "application/soap+xml;charset=UTF-8";

    private static final String SHELL = " xmlns:rsp=\"" + Names.SHELL + "\"";

    /** It was done; the body has the prefixes of {@link #envelope}. */
    static WsmanReply done(Operation operation, WsmanMessage request, String body) {
        return new WsmanReply(200, envelope(operation.answerAction(), request.id(), body));
    }

    /** It was not done. */
    static WsmanReply fault(WsmanFault fault, String relatesTo) {
        String action = fault.subcode().startsWith("a:") ? Names.ADDRESSING + "/fault" : Names.DMTF_FAULT;
        String reason = Xml.escape(fault.reason());
        String body = "<s:Fault><s:Code><s:Value>" + fault.side() + "</s:Value><s:Subcode><s:Value>" + fault.subcode()
                + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">" + reason
                + "</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f=\"" + Names.FAULT + "\" Code=\"" + fault.code()
                + "\" Machine=\"localhost\"><f:Message>" + reason
                + "</f:Message></f:WSManFault></s:Detail></s:Fault>";
        int status = fault.equals(WsmanFault.INVALID_XML) ? 400 : 500;
        return new WsmanReply(status, envelope(action, relatesTo, body));
    }

    /** Who is here, as everybody may ask without a login. */
    static WsmanReply identity() {
        return new WsmanReply(
                200,
                "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"" + Names.SOAP + "\"><s:Header/><s:Body>"
                        + "<wsmid:IdentifyResponse xmlns:wsmid=\"" + Names.IDENTITY + "\"><wsmid:ProtocolVersion>"
                        + Names.WSMAN + "</wsmid:ProtocolVersion><wsmid:ProductVendor>Microsoft Corporation"
                        + "</wsmid:ProductVendor><wsmid:ProductVersion>OS: 0.0.0 SP: 0.0 Stack: 3.0"
                        + "</wsmid:ProductVersion></wsmid:IdentifyResponse></s:Body></s:Envelope>");
    }

    byte[] bytes() {
        return xml.getBytes(UTF_8);
    }

    private static String envelope(String action, String relatesTo, String body) {
        return "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"" + Names.SOAP + "\" xmlns:a=\"" + Names.ADDRESSING
                + "\" xmlns:x=\"" + Names.TRANSFER + "\" xmlns:w=\"" + Names.WSMAN + "\" xmlns:p=\"" + Names.MICROSOFT
                + "\"" + SHELL + "><s:Header><a:Action>" + action + "</a:Action><a:MessageID>" + newId()
                + "</a:MessageID><a:To>" + Names.ANONYMOUS + "</a:To>" + relation(relatesTo) + "</s:Header><s:Body>"
                + body + "</s:Body></s:Envelope>";
    }

    private static String relation(String to) {
        return to.isEmpty() ? "" : "<a:RelatesTo>" + Xml.escape(to) + "</a:RelatesTo>";
    }

    private static String newId() {
        return "uuid:" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    }
}
