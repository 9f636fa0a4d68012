package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * One procedure call of a message, which may have several.
 *
 * @param name of the procedure; of the well-known ones that come as numbers too
 * @param parameters in their order; their names are empty when the client gave none
 */
record RpcRequest(String name, List<SqlParameter> parameters) {
    private static final int BY_NUMBER = 0xFFFF;
    private static final int NEXT_CALL = 0xFF;
    private static final int NEXT_CALL_BEFORE_7_2 = 0x80;
    private static final int OUTPUT = 0x01;

    /** By their numbers from 1 on. */
    private static final List<String> WELL_KNOWN = List.of(
            "sp_cursor",
            "sp_cursoropen",
            "sp_cursorprepare",
            "sp_cursorexecute",
            "sp_cursorprepexec",
            "sp_cursorunprepare",
            "sp_cursorfetch",
            "sp_cursoroption",
            "sp_cursorclose",
            "sp_executesql",
            "sp_prepare",
            "sp_execute",
            "sp_prepexec",
            "sp_prepexecrpc",
            "sp_unprepare");

    static List<RpcRequest> read(TdsMessage message) throws ProtocolException {
        TdsCursor in = message.cursorAfterHeaders();
        List<RpcRequest> calls = new ArrayList<>();
        while (!in.atEnd()) {
            calls.add(readOne(in));
        }
        return calls;
    }

    private static RpcRequest readOne(TdsCursor in) throws ProtocolException {
        String name = name(in);
        in.skip(Short.BYTES); // options, of which none matters here
        List<SqlParameter> parameters = new ArrayList<>();
        while (!in.atEnd()) {
            // The byte is the length of the next parameter's name, which is never this long.
            if (in.peek() == NEXT_CALL || in.peek() == NEXT_CALL_BEFORE_7_2) {
                in.skip(1);
                break;
            }
            String parameter = in.shortText();
            boolean output = (in.u8() & OUTPUT) != 0;
            parameters.add(new SqlParameter(parameter, TypeReader.read(in), output));
        }
        return new RpcRequest(name, parameters);
    }

    private static String name(TdsCursor in) throws ProtocolException {
        int length = in.u16();
        if (length != BY_NUMBER) {
            return in.utf16(length);
        }
        int number = in.u16();
        if (number < 1 || number > WELL_KNOWN.size()) {
            throw new ProtocolException("procedure number " + number);
        }
        return WELL_KNOWN.get(number - 1);
    }
}
