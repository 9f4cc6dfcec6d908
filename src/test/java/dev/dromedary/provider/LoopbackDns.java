package dev.dromedary.provider;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** A name server on the loopback that answers MX questions by UDP, and counts them. */
final class LoopbackDns implements AutoCloseable {
    private final DatagramSocket socket;
    private final Map<String, Zone> zones = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    /** @param rcode of the reply, or -1 for no reply at all */
    private record Zone(int rcode, long ttl, String[] hosts) {
    }

    LoopbackDns() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::serve, "loopback-dns");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param hosts with preferences 10, 20, ... from the last to the first, so that order in the reply is not order of preference */
    LoopbackDns mx(String domain, long ttl, String... hosts) {
        zones.put(domain, new Zone(Rcode.NOERROR, ttl, hosts));
        return this;
    }

    LoopbackDns fault(String domain, int rcode) {
        zones.put(domain, new Zone(rcode, 0, new String[0]));
        return this;
    }

    LoopbackDns silent(String domain) {
        return fault(domain, -1);
    }

    int questions() {
        return questions.get();
    }

    URI uri() {
        return URI.create("dns://127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (!socket.isClosed()) {
            try {
                packet.setLength(4096);
                socket.receive(packet);
                byte[] reply = reply(new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength())));
                if (reply.length > 0) {
                    socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException unreadable) {
                throw new java.io.UncheckedIOException(unreadable);
            }
        }
    }

    private byte[] reply(Message question) throws IOException {
        questions.incrementAndGet();
        Name name = question.getQuestion().getName();
        Zone zone = zones.getOrDefault(name.toString(true), new Zone(Rcode.NXDOMAIN, 0, new String[0]));
        if (zone.rcode < 0) {
            return new byte[0];
        }
        var reply = new Message(question.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.getHeader().setRcode(zone.rcode);
        reply.addRecord(question.getQuestion(), Section.QUESTION);
        for (int i = zone.hosts.length - 1; i >= 0; i--) {
            reply.addRecord(new MXRecord(name, DClass.IN, zone.ttl, 10 * (i + 1), Name.fromString(zone.hosts[i], Name.root)), Section.ANSWER);
        }
        if (zone.hosts.length == 0 && zone.rcode != Rcode.SERVFAIL) {
            reply.addRecord(new SOARecord(Name.root, DClass.IN, 900, Name.root, Name.root, 1, 1, 1, 1, 300), Section.AUTHORITY);
        }
        return reply.toWire();
    }

    @Override
    public void close() {
        socket.close();
    }
}
