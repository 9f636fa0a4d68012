package io.gds.engine.mssql.internal.winrm;

import java.util.Optional;
import java.util.Set;
import javax.xml.soap.SOAPFault;
import javax.xml.ws.soap.SOAPFaultException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What the service of a host complains of, by the code in the detail of its fault: the text is in the host's own language. */
final class Faults {
    /** The account has too many shells open, or too many operations in them. */
    static final Set<String> QUOTAS = Set.of("2150859173", "2150859174");
    /** The account may not. */
    static final String ACCESS_DENIED = "5";

    private Faults() {}

    /** The code of the fault that is somewhere behind a failure. */
    static Optional<String> code(Throwable failure) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SOAPFaultException fault) {
                return code(fault.getFault());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> code(SOAPFault fault) {
        if (fault.getDetail() == null) {
            return Optional.empty();
        }
        NodeList parts = fault.getDetail().getChildNodes();
        for (int i = 0; i < parts.getLength(); i++) {
            Node part = parts.item(i);
            if ("WSManFault".equals(part.getLocalName()) && part.getAttributes().getNamedItem("Code") != null) {
                return Optional.of(part.getAttributes().getNamedItem("Code").getNodeValue());
            }
        }
        return Optional.empty();
    }

    /** What the innermost cause says. */
    static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && !inner.getCause().equals(inner)) {
            inner = inner.getCause();
        }
        return inner.getClass().getSimpleName() + ": " + inner.getMessage();
    }
}
