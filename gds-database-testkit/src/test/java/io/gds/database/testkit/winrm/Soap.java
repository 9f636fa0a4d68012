package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A client of bare messages, by the JDK's HTTP client and the scheme Basic. */
final class Soap {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final String authorization;

    Soap(URI endpoint, String user, String password) {
        this.endpoint = endpoint;
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    /** An answer, parsed when there is a body. */
    record Answer(HttpResponse<byte[]> http, Optional<Element> envelope) {
        int status() {
            return http.statusCode();
        }

        /** Texts of all elements of a name. */
        List<String> all(String name) {
            List<String> out = new ArrayList<>();
            NodeList found = envelope.orElseThrow().getElementsByTagNameNS("*", name);
            for (int i = 0; i < found.getLength(); i++) {
                out.add(found.item(i).getTextContent());
            }
            return out;
        }

        String one(String name) {
            assertThat(all(name)).as(name).hasSize(1);
            return all(name).get(0);
        }

        long faultCode() {
            Element fault = (Element) envelope.orElseThrow()
                    .getElementsByTagNameNS("*", "WSManFault")
                    .item(0);
            return Long.parseLong(fault.getAttribute("Code"));
        }

        /** What a Receive brought on a stream, and whether that was the end of it. */
        byte[] stream(String name) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NodeList streams = envelope.orElseThrow().getElementsByTagNameNS("*", "Stream");
            for (int i = 0; i < streams.getLength(); i++) {
                Element stream = (Element) streams.item(i);
                if (stream.getAttribute("Name").equals(name)) {
                    out.writeBytes(Base64.getDecoder().decode(stream.getTextContent()));
                }
            }
            return out.toByteArray();
        }

        String state() {
            Element state = (Element) envelope.orElseThrow()
                    .getElementsByTagNameNS("*", "CommandState")
                    .item(0);
            return state.getAttribute("State").replaceAll(".*/", "");
        }
    }

    Answer post(byte[] body) throws IOException, InterruptedException, SAXException {
        return post(body, "Authorization", authorization);
    }

    Answer post(byte[] body, String header, String value) throws IOException, InterruptedException, SAXException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(endpoint)
                        .header(header, value)
                        .header("Content-Type", "application/soap+xml;charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Optional<Element> envelope =
                answer.body().length == 0 ? Optional.empty() : Optional.of(Xml.parse(answer.body()));
        return new Answer(answer, envelope);
    }

    /** Asks for an operation within a minute. */
    Answer ask(String action, String shell, String body) throws IOException, InterruptedException, SAXException {
        return ask(action, shell, body, Duration.ofMinutes(1));
    }

    Answer ask(String action, String shell, String body, Duration time)
            throws IOException, InterruptedException, SAXException {
        String id = "uuid:" + UUID.randomUUID();
        Answer answer = post(envelope(action, Names.CMD, shell, body, time, id));
        if (answer.envelope().isPresent()) {
            assertThat(answer.all("RelatesTo")).containsExactly(id);
        }
        return answer;
    }

    static byte[] envelope(String action, String resource, String shell, String body, Duration time, String id) {
        String selectors = shell.isEmpty()
                ? ""
                : "<w:SelectorSet><w:Selector Name=\"ShellId\">" + shell + "</w:Selector></w:SelectorSet>";
        return ("<s:Envelope xmlns:s=\"" + Names.SOAP + "\" xmlns:a=\"" + Names.ADDRESSING + "\" xmlns:w=\""
                        + Names.WSMAN + "\" xmlns:rsp=\"" + Names.SHELL + "\"><s:Header><a:Action>" + action
                        + "</a:Action><a:MessageID>" + id + "</a:MessageID><a:To>http://127.0.0.1/wsman</a:To>"
                        + "<w:ResourceURI>" + resource + "</w:ResourceURI><w:OperationTimeout>" + time
                        + "</w:OperationTimeout>" + selectors + "</s:Header><s:Body>" + body
                        + "</s:Body></s:Envelope>")
                .getBytes(UTF_8);
    }

    String create() throws IOException, InterruptedException, SAXException {
        Answer answer = ask(Names.TRANSFER + "/Create", "", "<rsp:Shell/>");
        assertThat(answer.status()).isEqualTo(200);
        return answer.one("Selector");
    }

    /** Starts a command and gives its id. */
    String command(String shell, String line, String... arguments)
            throws IOException, InterruptedException, SAXException {
        StringBuilder body = new StringBuilder("<rsp:CommandLine><rsp:Command>" + Xml.escape(line) + "</rsp:Command>");
        for (String argument : arguments) {
            body.append("<rsp:Arguments>").append(Xml.escape(argument)).append("</rsp:Arguments>");
        }
        return ask(Names.SHELL + "/Command", shell, body + "</rsp:CommandLine>").one("CommandId");
    }

    Answer send(String shell, String command, byte[] bytes, boolean end)
            throws IOException, InterruptedException, SAXException {
        return ask(
                Names.SHELL + "/Send",
                shell,
                "<rsp:Send><rsp:Stream Name=\"stdin\" CommandId=\"" + command + "\" End=\"" + end + "\">"
                        + Base64.getEncoder().encodeToString(bytes) + "</rsp:Stream></rsp:Send>");
    }

    Answer receive(String shell, String command, Duration time) throws IOException, InterruptedException, SAXException {
        return ask(
                Names.SHELL + "/Receive",
                shell,
                "<rsp:Receive><rsp:DesiredStream CommandId=\"" + command
                        + "\">stdout stderr</rsp:DesiredStream></rsp:Receive>",
                time);
    }

    Answer receive(String shell, String command) throws IOException, InterruptedException, SAXException {
        return receive(shell, command, Duration.ofMinutes(1));
    }

    Answer signal(String shell, String command, String code) throws IOException, InterruptedException, SAXException {
        return ask(
                Names.SHELL + "/Signal",
                shell,
                "<rsp:Signal CommandId=\"" + command + "\"><rsp:Code>" + Names.SHELL + "/signal/" + code
                        + "</rsp:Code></rsp:Signal>");
    }

    Answer delete(String shell) throws IOException, InterruptedException, SAXException {
        return ask(Names.TRANSFER + "/Delete", shell, "");
    }
}
