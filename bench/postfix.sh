#!/usr/bin/env bash
# postfix.sh start DIR PORT NEXT_HOP_PORT CONVERSATIONS | drained DIR SECONDS | stop DIR: a Postfix of its own in a folder, as a relay
# for loopback. Queue files are synced, as Postfix does by default; the log is its only record.
set -euo pipefail
command=$1 dir=$2
PATH=$PATH:/usr/sbin
case $command in
  start)
    port=$3 next=$4 conversations=$5
    mkdir -p "$dir/etc" "$dir/spool" "$dir/lib"; chmod 755 "$(dirname "$dir")" "$dir"
    cp /etc/postfix/main.cf /etc/postfix/master.cf "$dir/etc/"; chown postfix "$dir/lib"
    sed -i "s/^smtp  *inet/127.0.0.1:$port inet/" "$dir/etc/master.cf"
    echo "multi_instance_enable = no" >> "$dir/etc/main.cf"
    MAIL_CONFIG=$dir/etc postconf -e "queue_directory=$dir/spool" "data_directory=$dir/lib" "relayhost=[127.0.0.1]:$next" \
      mynetworks=127.0.0.0/8 inet_interfaces=loopback-only inet_protocols=ipv4 mydestination= myhostname=bench.example \
      smtp_tls_security_level=none disable_dns_lookups=yes "default_destination_concurrency_limit=$conversations" \
      "initial_destination_concurrency=$conversations" "default_process_limit=$((conversations + 150))" \
      smtpd_client_connection_count_limit=200 "smtp_connection_cache_destinations=[127.0.0.1]:$next" \
      qmgr_message_active_limit=60000 qmgr_message_recipient_limit=60000 smtpd_recipient_restrictions=permit_mynetworks,reject \
      "maillog_file=$dir/maillog" "maillog_file_prefixes=$dir" alternate_config_directories=
    # The set-uid parts of Postfix refuse a configuration folder that the main one does not name.
    postconf -e "alternate_config_directories=$(postconf -h alternate_config_directories) $dir/etc"
    postfix -c "$dir/etc" start >/dev/null 2>&1 ;;
  drained)
    for _ in $(seq "$(($3 * 5))"); do
      [ "$(find "$dir"/spool/{incoming,active,deferred,maildrop} -type f 2>/dev/null | wc -l)" = 0 ] && exit 0
      sleep 0.2
    done
    echo "postfix.sh: mail left in the queue after $3 s" >&2; exit 1 ;;
  stop)
    postfix -c "$dir/etc" stop >/dev/null 2>&1 || true
    postconf -e "alternate_config_directories=$(postconf -h alternate_config_directories | sed "s# *$dir/etc##")" ;;
  *)
    echo "usage: postfix.sh start DIR PORT NEXT_HOP_PORT CONVERSATIONS | drained DIR SECONDS | stop DIR" >&2; exit 2 ;;
esac
