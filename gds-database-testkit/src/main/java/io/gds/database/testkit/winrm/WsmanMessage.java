package io.gds.database.testkit.winrm;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A request in SOAP.
 *
 * @param id of the message, to which the answer relates; empty when it has none
 * @param to the address of the service, as the client spells it
 * @param resource what kind of shell is meant
 * @param maxEnvelopeSize how big the answer may be, in bytes
 * @param operationTimeout how long the client lets the operation take
 * @param body the element inside of the body, when there is one
 */
record WsmanMessage(
        String action,
        String id,
        String to,
        String resource,
        int maxEnvelopeSize,
        Duration operationTimeout,
        Optional<String> shellId,
        Map<String, String> options,
        Optional<Element> body) {
    private static final int DEFAULT_ENVELOPE = 153_600;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    /** @throws WsmanFaultException when this is no envelope of SOAP 1.2, or says something impossible */
    static WsmanMessage read(byte[] xml) {
        Element envelope;
        try {
            envelope = Xml.parse(xml);
        } catch (SAXException e) {
            throw new WsmanFaultException(WsmanFault.INVALID_XML);
        }
        Optional<Element> header = Xml.child(envelope, Names.SOAP, "Header");
        Optional<Element> body = Xml.child(envelope, Names.SOAP, "Body");
        if (!Xml.is(envelope, Names.SOAP, "Envelope") || header.isEmpty() || body.isEmpty()) {
            throw new WsmanFaultException(WsmanFault.INVALID_XML);
        }
        Element h = header.get();
        return new WsmanMessage(
                Xml.text(h, Names.ADDRESSING, "Action"),
                Xml.text(h, Names.ADDRESSING, "MessageID"),
                Xml.text(h, Names.ADDRESSING, "To"),
                Xml.text(h, Names.WSMAN, "ResourceURI"),
                envelopeSize(Xml.text(h, Names.WSMAN, "MaxEnvelopeSize")),
                timeout(Xml.text(h, Names.WSMAN, "OperationTimeout")),
                Optional.ofNullable(named(h, "SelectorSet", "Selector").get("ShellId")),
                named(h, "OptionSet", "Option"),
                Xml.children(body.get()).stream().findFirst());
    }

    /** The element of the body, which must have this name. */
    Element body(String name) {
        return body.filter(e -> Xml.is(e, Names.SHELL, name))
                .orElseThrow(() -> new WsmanFaultException(WsmanFault.INVALID_PARAMETER));
    }

    private static Map<String, String> named(Element header, String set, String item) {
        Map<String, String> out = new LinkedHashMap<>();
        Xml.child(header, Names.WSMAN, set).ifPresent(s -> Xml.children(s, Names.WSMAN, item)
                .forEach(e -> out.put(e.getAttribute("Name"), e.getTextContent().strip())));
        return out;
    }

    private static int envelopeSize(String text) {
        try {
            return text.isEmpty() ? DEFAULT_ENVELOPE : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
    }

    private static Duration timeout(String text) {
        try {
            return text.isEmpty() ? DEFAULT_TIMEOUT : Duration.parse(text);
        } catch (DateTimeException e) {
            throw new WsmanFaultException(WsmanFault.INVALID_PARAMETER);
        }
    }
}
