package io.gds.engine.mongo.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.Document;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * A command as it came: as {@code OP_MSG}, or as the legacy {@code OP_QUERY} that drivers use for their first handshake and that
 * is answered by {@code OP_REPLY}. See "MongoDB Wire Protocol" in the vendor's manual.
 *
 * @param id of the request
 * @param legacy whether it is an {@code OP_QUERY}
 * @param answered whether the sender waits for an answer; not after a write with {@code w: 0}
 * @param command the body, with its document sequences and {@code $db}
 */
record WireMessage(int id, boolean legacy, boolean answered, Document command) {
    private static final int OP_REPLY = 1;
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int HEADER = 16;
    private static final int MOST = 48_000_000;
    private static final int CHECKSUM_PRESENT = 1;
    private static final int MORE_TO_COME = 1 << 1;
    private static final int AWAIT_CAPABLE = 8;

    private static final DocumentCodec CODEC = new DocumentCodec();

    /** Reads the next one, and waits for it. */
    static WireMessage read(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new IOException("the connection ended");
        }
        ByteBuffer h = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        int length = h.getInt();
        int id = h.getInt();
        h.getInt();
        int code = h.getInt();
        if (length < HEADER || length > MOST) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] rest = new byte[length - HEADER];
        in.readFully(rest);
        ByteBuffer body = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        return switch (code) {
            case OP_QUERY -> query(id, body);
            case OP_MSG -> message(id, body);
            default -> throw new IOException("message code " + code);
        };
    }

    private static WireMessage query(int id, ByteBuffer body) {
        body.getInt();
        String collection = text(body);
        body.getInt();
        body.getInt();
        Document command = document(body);
        Document plain = command.get("$query") instanceof Document wrapped ? wrapped : command;
        plain.putIfAbsent("$db", collection.substring(0, collection.indexOf('.')));
        return new WireMessage(id, true, true, plain);
    }

    private static WireMessage message(int id, ByteBuffer body) throws IOException {
        int flags = body.getInt();
        int end = body.limit() - ((flags & CHECKSUM_PRESENT) == 0 ? 0 : Integer.BYTES);
        Document command = new Document();
        Map<String, List<Document>> sequences = new LinkedHashMap<>();
        while (body.position() < end) {
            byte kind = body.get();
            if (kind == 0) {
                command = document(body);
            } else if (kind == 1) {
                int until = body.position() + body.getInt();
                List<Document> all = sequences.computeIfAbsent(text(body), k -> new ArrayList<>());
                while (body.position() < until) {
                    all.add(document(body));
                }
            } else {
                throw new IOException("a section of kind " + kind);
            }
        }
        command.putAll(sequences);
        return new WireMessage(id, false, (flags & MORE_TO_COME) == 0, command);
    }

    /** An answer to this one, ready to be sent. */
    byte[] reply(int number, Document answer) {
        byte[] document = bytes(answer);
        int before = legacy ? 20 : 5;
        ByteBuffer out = ByteBuffer.allocate(HEADER + before + document.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(out.capacity()).putInt(number).putInt(id).putInt(legacy ? OP_REPLY : OP_MSG);
        if (legacy) {
            out.putInt(AWAIT_CAPABLE).putLong(0).putInt(0).putInt(1);
        } else {
            out.putInt(0).put((byte) 0);
        }
        return out.put(document).array();
    }

    private static byte[] bytes(Document d) {
        try (BasicOutputBuffer out = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, d, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }

    private static Document document(ByteBuffer body) {
        int length = body.getInt(body.position());
        ByteBuffer one = body.slice(body.position(), length);
        body.position(body.position() + length);
        try (BsonBinaryReader reader = new BsonBinaryReader(one)) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    private static String text(ByteBuffer body) {
        int from = body.position();
        int to = from;
        while (body.get(to) != 0) {
            to++;
        }
        byte[] out = new byte[to - from];
        body.get(out);
        body.get();
        return new String(out, StandardCharsets.UTF_8);
    }
}
