package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SignatureException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The envelope around a sealed message in HTTP (MS-WSMV 2.2.9.1): two parts, and the message in the second. */
final class SealedBody {
    static final String CONTENT_TYPE =
            "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";boundary=\"Encrypted Boundary\"";

    private static final String BOUNDARY = "--Encrypted Boundary";
    private static final String END = BOUNDARY + "--";
    private static final String NEW_LINE = "\r\n";
    private static final Pattern HEAD = Pattern.compile(
            "\\A" + BOUNDARY + "\\s+Content-Type:\\s*application/HTTP-SPNEGO-session-encrypted\\s+"
                    + "OriginalContent:\\s*type=[^\\r\\n]*?;\\s*Length=(\\d{1,9})\\s*\\r\\n"
                    + BOUNDARY + "\\s+Content-Type:\\s*application/octet-stream\\r\\n",
            Pattern.CASE_INSENSITIVE);

    private SealedBody() {}

    static boolean is(String contentType) {
        return contentType.startsWith("multipart/encrypted");
    }

    static byte[] seal(NtlmSession session, byte[] clear) {
        byte[] sealed = session.seal(clear);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = BOUNDARY + NEW_LINE
                + "\tContent-Type: application/HTTP-SPNEGO-session-encrypted" + NEW_LINE
                + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + clear.length + NEW_LINE
                + BOUNDARY + NEW_LINE
                + "\tContent-Type: application/octet-stream" + NEW_LINE;
        out.writeBytes(head.getBytes(ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(NtlmSession.SIGNATURE_LENGTH)
                .array());
        out.writeBytes(sealed);
        out.writeBytes((END + NEW_LINE).getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    /** @throws SignatureException when the parts are not as they must be, or the message was not sealed by the client */
    static byte[] unseal(NtlmSession session, byte[] body) throws SignatureException {
        String text = new String(body, ISO_8859_1);
        Matcher head = HEAD.matcher(text);
        int end = text.lastIndexOf(END);
        if (!head.find() || end < head.end() + Integer.BYTES) {
            throw new SignatureException("not a sealed message");
        }
        byte[] signed = text.substring(head.end() + Integer.BYTES, end).getBytes(ISO_8859_1);
        int signature = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getInt(head.end());
        if (signature != NtlmSession.SIGNATURE_LENGTH) {
            throw new SignatureException("a signature of " + signature + " bytes");
        }
        byte[] clear = session.unseal(signed);
        if (clear.length != Integer.parseInt(head.group(1))) {
            throw new SignatureException("a message of another length than it says");
        }
        return clear;
    }
}
