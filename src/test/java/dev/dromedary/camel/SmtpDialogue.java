package dev.dromedary.camel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One message handed in over SMTP, as simply as can be. */
final class SmtpDialogue {
    private SmtpDialogue() {
    }

    /** @return the reply to the end of data, or the first that went wrong */
    static String submit(int port, String to) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) TestProgram.PATIENCE.toMillis());
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String reply = reply(in);
            for (String command : List.of("HELO client.example", "MAIL FROM:<shop@example.com>", "RCPT TO:<" + to + ">", "DATA",
                    "From: shop@example.com\r\nTo: " + to + "\r\nSubject: s\r\n\r\nt\r\n.")) {
                if (reply.charAt(0) > '3') {
                    return reply;
                }
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                reply = reply(in);
            }
            return reply;
        }
    }

    private static String reply(BufferedReader in) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the listener closed");
        }
        return line;
    }
}
