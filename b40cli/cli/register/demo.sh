# 1. The real register: the public record of the B40 Network, attested by its sources.
cd real
b40 check
b40 roll
# 55 of 76 members are attested: a quorum computed from 55 would be false.
b40 quorum
# Who presided when:
b40 committee show --on 2024-06-01
b40 committee show --on 2026-06-01

# 2. A network that does not exist opens its register; 24 cities come in by their opening record.
cd ../invented
b40 init --name "Network of Invented Cities" --founded 2024-02-05 \
  --place Lykonisi --headquarters tr-camliova --opened 2025-01-30 --official
b40 import opening.yaml --yes --quiet --on 2025-01-30
b40 committee show --on 2025-01-30

# 3. February 2025. The President sets the year's agenda and designates who leads the working group.
b40 presidency agenda --evidence agenda.txt --on 2025-02-10
b40 group lead local-climate-action mk-planinsko --evidence decision.txt \
  --on 2025-02-11
b40 group expert local-climate-action "Ana Primer" --city si-jezerna --quiet \
  --on 2025-02-12
b40 group programme local-climate-action --year 2025 \
  --goal "Shade for ten squares" --consulted 2025-02-14 \
  --document programme.txt --quiet --on 2025-02-17
b40 group open "Flood Response" --evidence decision.txt --quiet \
  --on 2025-02-18
b40 group lead flood-response ro-valea-alba-de-sus --evidence decision.txt \
  --quiet --on 2025-02-18
b40 group programme flood-response --year 2025 --goal "A map of ten rivers" \
  --consulted 2025-02-18 --document programme.txt --quiet --on 2025-02-19
b40 group list --on 2025-02-19

# 4. Two cities apply, with form and letter; the Executive Committee is convened.
b40 application submit Rosendol --country BG --gazetteer none \
  --population 41000 --form form.txt --letter letter.txt \
  --elected elections.txt --criteria pledge,aims --quiet --on 2025-02-19
b40 application submit Mirnava --country SI --gazetteer none \
  --population 23000 --form form.txt --letter letter.txt \
  --elected elections.txt --criteria aims --quiet --on 2025-02-24
b40 application list --on 2025-02-28
b40 meeting convene ec --opens 2025-03-12T10:00 --on 2025-02-28
b40 decision propose admission --subject bg-rosendol --meeting 2025-03-12-ec \
  --quiet --on 2025-02-28
b40 meeting notice 2025-03-12-ec --sent 2025-02-28T12:00 \
  --document notice.txt --on 2025-02-28

# 5. All seven attend and vote for Rosendol: unanimous, as Article 5 asks.
b40 meeting roll-call 2025-03-12-ec \
  --present hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --present al-aldmar,me-zalivgrad,si-jezerna --on 2025-03-12
b40 decision open EC-2025-001 --quiet --on 2025-03-12
b40 decision vote EC-2025-001 \
  --for hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --for al-aldmar,me-zalivgrad,si-jezerna --quiet --on 2025-03-12
b40 decision close EC-2025-001 --on 2025-03-12

# 6. Mirnava fails by a single abstention; the record names the readings that would have carried it.
b40 decision record admission --subject si-mirnava --meeting 2025-03-12-ec \
  --for hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --for al-aldmar,me-zalivgrad --abstain si-jezerna --on 2025-03-12
b40 decision record work-programme --subject groups/local-climate-action \
  --term 2025 --meeting 2025-03-12-ec \
  --for hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --for al-aldmar,me-zalivgrad,si-jezerna --on 2025-03-12
b40 decision record work-programme --subject groups/flood-response \
  --term 2025 --meeting 2025-03-12-ec \
  --for hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --for al-aldmar,me-zalivgrad,si-jezerna --quiet --on 2025-03-12
b40 meeting close 2025-03-12-ec --at 2025-03-12T12:40 --quiet \
  --on 2025-03-12
b40 meeting minutes 2025-03-12-ec --document minutes.txt --quiet \
  --on 2025-03-17
b40 meeting dispatch 2025-03-12-ec --sent 2025-03-17 --document letter.txt \
  --quiet --on 2025-03-17
# Rosendol signs the Declaration: now it is a member.
b40 member sign bg-rosendol --signed 2025-03-20 --place Rosendol \
  --document declaration.txt --on 2025-03-20
b40 member mayor bg-rosendol "Kalina Obrazets" --from 2023-11-13 \
  --until 2027-11-13 --quiet --on 2025-03-20

# 7. The President suspends a member: it stays one and has no vote; the quorum follows.
b40 member suspend gr-anemopetra --evidence decision.txt \
  --grounds "It kept the network from its archive" --on 2025-04-07
b40 quorum --on 2025-04-08

# 8. A city outside the region asks to observe and is invited; the working groups meet.
b40 observer request Graubach --country AT --gazetteer none \
  --population 620000 --year 2024 --document request.txt --on 2025-04-10
b40 meeting convene wg --group local-climate-action --opens 2025-04-29T10:00 \
  --mode online --language en --quiet --on 2025-04-15
b40 observer invite at-graubach --to ga --evidence decision.txt \
  --on 2025-04-22
b40 meeting convene wg --group flood-response --opens 2025-05-07T10:00 \
  --mode in-person --city ro-valea-alba-de-sus --language en --quiet \
  --on 2025-04-22
b40 meeting convene youth-summit --opens 2025-05-09 --city hr-kamenik \
  --on 2025-04-22
b40 meeting roll-call 2025-04-29-wg-local-climate-action \
  --present mk-planinsko,si-jezerna,bg-rosendol --on 2025-04-29
b40 meeting minutes 2025-04-29-wg-local-climate-action \
  --document minutes.txt --quiet --on 2025-05-06
b40 meeting roll-call 2025-05-07-wg-flood-response \
  --present ro-valea-alba-de-sus,rs-lipovgrad,hr-vjetrograd --on 2025-05-07
b40 meeting minutes 2025-05-07-wg-flood-response --document minutes.txt \
  --quiet --on 2025-05-14

# 9. Two members ask for a meeting of the committee. One is represented, in writing; the suspension
# is lifted. Another member gives notice: it stays, with its vote, through 31 December.
b40 meeting convene ec --opens 2025-06-11T10:00 \
  --requested-by gr-lykonisi,bg-vodengrad --on 2025-05-30
b40 proxy give 2025-06-11-ec --from si-jezerna --to al-aldmar \
  --document proxy.txt --sent-secretary 2025-06-06T09:00 \
  --sent-president 2025-06-06T09:10 --received-secretary 2025-06-06T09:30 \
  --received-president 2025-06-06T10:05 --on 2025-06-06
b40 meeting roll-call 2025-06-11-ec \
  --present hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --present al-aldmar,me-zalivgrad --on 2025-06-11
b40 decision record reinstatement --subject gr-anemopetra \
  --meeting 2025-06-11-ec \
  --for hr-kamenik,gr-lykonisi,bg-vodengrad,al-aldmar,si-jezerna \
  --against rs-srebrni-brod --abstain me-zalivgrad --on 2025-06-11
b40 meeting minutes 2025-06-11-ec --document minutes.txt --quiet \
  --on 2025-06-18
b40 meeting dispatch 2025-06-11-ec --sent 2025-06-18 --document letter.txt \
  --quiet --on 2025-06-18
b40 member withdraw al-detmal --document letter.txt --on 2025-07-03

# 10. Autumn. The groups meet again, mayors change, and the committee determines the candidates
# for the presidency of 2027.
b40 meeting convene wg --group local-climate-action --opens 2025-09-16T10:00 \
  --mode in-person --city mk-planinsko --language en --quiet --on 2025-09-02
b40 meeting roll-call 2025-09-16-wg-local-climate-action \
  --present mk-planinsko,si-jezerna,bg-rosendol,xk-gurmal --on 2025-09-16
b40 meeting convene wg --group flood-response --opens 2025-09-30T10:00 \
  --mode online --language en --quiet --on 2025-09-16
b40 meeting minutes 2025-09-16-wg-local-climate-action \
  --document minutes.txt --quiet --on 2025-09-23
b40 meeting convene ec --opens 2025-10-14T10:00 --on 2025-10-01
b40 meeting minutes 2025-09-30-wg-flood-response --document minutes.txt \
  --quiet --on 2025-10-06
b40 meeting roll-call 2025-10-14-ec \
  --present hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad \
  --present al-aldmar,si-jezerna --on 2025-10-14
b40 decision record candidates --term 2027 \
  --candidate tr-camliova,ba-brezna-luka --meeting 2025-10-14-ec \
  --for hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad --for al-aldmar \
  --abstain si-jezerna --on 2025-10-14
b40 meeting minutes 2025-10-14-ec --document minutes.txt --quiet \
  --on 2025-10-20
b40 member mayor mk-planinsko "Vesna Model" --from 2025-11-01 \
  --until 2029-11-01 --quiet --on 2025-11-03
b40 meeting dispatch 2025-10-14-ec --sent 2025-11-03 --document letter.txt \
  --quiet --on 2025-11-03
# The letter to the members went out after its fortnight: a duty, acknowledged with its reason.
b40 duty acknowledge members-informed --of EC-2025-006 \
  --by permanent-secretary --reason "The Secretariat was moving house" \
  --on 2025-11-04
b40 meeting convene wg --group local-climate-action --opens 2025-11-18T10:00 \
  --mode online --language en --quiet --on 2025-11-04
b40 meeting minutes 2025-11-18-wg-local-climate-action \
  --document minutes.txt --quiet --on 2025-11-25
b40 meeting convene wg --group flood-response --opens 2025-12-09T10:00 \
  --mode online --language en --quiet --on 2025-11-25
b40 member mayor xk-gurmal "Arta Shembull" --from 2025-12-01 \
  --until 2029-12-01 --quiet --on 2025-12-01

# 11. The Summit and the General Assembly are convened; the Presidents are consulted; the motion to
# remove a member stands on the notice, or it could not be voted on (Article 9).
b40 meeting convene summit --opens 2026-01-23 --ends 2026-01-24 \
  --half-days 3 --city rs-srebrni-brod --language en --interpretation \
  --on 2025-12-02
b40 meeting consult 2026-01-23-summit --president 2025-11-24 \
  --next 2025-11-25 --quiet --on 2025-12-02
b40 meeting convene ga --opens 2026-01-24T09:30 --summit 2026-01-23-summit \
  --city rs-srebrni-brod --language en --interpretation --on 2025-12-03
b40 meeting minutes 2025-12-09-wg-flood-response --document minutes.txt \
  --quiet --on 2025-12-16
b40 decision propose agenda --title "Draft agenda" --meeting 2026-01-24-ga \
  --quiet --on 2026-01-05
b40 decision propose activity-report --title "Activity Report 2025" \
  --meeting 2026-01-24-ga --quiet --on 2026-01-05
b40 decision propose presidency --subject tr-camliova --term 2027 \
  --meeting 2026-01-24-ga --quiet --on 2026-01-05
b40 decision propose removal --subject me-goraluka --meeting 2026-01-24-ga \
  --grounds "It works against the aims of the network" --quiet \
  --on 2026-01-05
b40 decision propose committee-election --term 2026 --meeting 2026-01-24-ga \
  --quiet --on 2026-01-05
b40 meeting agenda 2026-01-24-ga --item agenda=GA-2026-001 \
  --item activity-report=GA-2026-002 --item presidency=GA-2026-003 \
  --item removal=GA-2026-004 --item committee-election=GA-2026-005 \
  --item handover --item signing-ceremony --item president-speech \
  --item mayors-floor --item closing-declaration --on 2026-01-06
b40 meeting notice 2026-01-24-ga --sent 2026-01-07T12:00 \
  --motion GA-2026-004 --document notice.txt --on 2026-01-07
b40 meeting notice 2026-01-24-ga --on 2026-01-07
b40 meeting rules 2026-01-24-ga --announced 2026-01-08T12:00 \
  --document rules.txt --quiet --on 2026-01-08

# 12. January 2026. Delegations are named; two members will be represented, and the proof is in time.
b40 meeting delegation 2026-01-24-ga hr-kamenik --member "Eva Uzorak" \
  --on 2026-01-12
b40 meeting convene ec --opens 2026-01-23T16:00 --summit 2026-01-23-summit \
  --quiet --on 2026-01-12
b40 meeting delegation 2026-01-24-ga me-goraluka --head "Luka Primjer" \
  --capacity designee --designation letter.txt --on 2026-01-13
b40 meeting delegation 2026-01-24-ga al-aldmar --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga ba-brezna-luka --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga bg-rosendol --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga bg-sinyobreg --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga bg-vodengrad --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga gr-anemopetra --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga gr-lykonisi --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga me-zalivgrad --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga mk-ezerovec --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga mk-planinsko --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga ro-valea-alba-de-sus --quiet \
  --on 2026-01-13
b40 meeting delegation 2026-01-24-ga rs-lipovgrad --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga rs-srebrni-brod --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga si-jezerna --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga tr-camliova --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga xk-bregzana --quiet --on 2026-01-13
b40 meeting delegation 2026-01-24-ga xk-gurmal --quiet --on 2026-01-13
b40 proxy give 2026-01-24-ga --from ba-zelenvar --to ba-brezna-luka \
  --document proxy.txt --on 2026-01-14
b40 proxy receipt 2026-01-24-ga --from ba-zelenvar \
  --sent-secretary 2026-01-14T09:00 --sent-president 2026-01-14T09:00 \
  --received-secretary 2026-01-14T11:00 \
  --received-president 2026-01-15T08:30 --quiet --on 2026-01-15
b40 proxy give 2026-01-24-ga --from tr-ruzgarhisar --to tr-camliova \
  --document proxy.txt --sent-secretary 2026-01-19T09:00 \
  --sent-president 2026-01-19T09:00 --received-secretary 2026-01-19T09:20 \
  --received-president 2026-01-19T15:00 --on 2026-01-19
b40 proxy list 2026-01-24-ga --on 2026-01-19

# 13. 23 January. The Summit opens in the city that will preside; the committee meets at it.
b40 meeting roll-call 2026-01-23-ec \
  --present hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad --quiet \
  --on 2026-01-23
b40 decision record resolution --title "Draft of the Closing Declaration" \
  --meeting 2026-01-23-ec \
  --for hr-kamenik,gr-lykonisi,rs-srebrni-brod,bg-vodengrad --on 2026-01-23

# 14. 24 January. The General Assembly's first roll call fixes the quorum.
b40 meeting roll-call 2026-01-24-ga --observers at-graubach \
  --present al-aldmar,ba-brezna-luka,bg-rosendol,bg-sinyobreg,bg-vodengrad \
  --present gr-anemopetra,gr-lykonisi,hr-kamenik,me-goraluka,me-zalivgrad \
  --present mk-ezerovec,mk-planinsko,ro-valea-alba-de-sus,rs-lipovgrad \
  --present rs-srebrni-brod,si-jezerna,tr-camliova,xk-bregzana,xk-gurmal \
  --on 2026-01-24
b40 quorum 2026-01-24-ga --on 2026-01-24

# 15. The draft agenda, the activity report, and the presidency of 2027, by secret ballot.
b40 decision open GA-2026-001 --quiet --on 2026-01-24
b40 decision vote GA-2026-001 --tally for=21 --quiet --on 2026-01-24
b40 decision close GA-2026-001 --on 2026-01-24
b40 decision open GA-2026-002 --quiet --on 2026-01-24
b40 decision vote GA-2026-002 --tally for=19,abstain=2 --quiet \
  --on 2026-01-24
b40 decision close GA-2026-002 --on 2026-01-24
b40 decision open GA-2026-003 --quiet --on 2026-01-24
b40 decision vote GA-2026-003 --tally for=18,against=2,abstain=1 --quiet \
  --on 2026-01-24
b40 decision close GA-2026-003 --on 2026-01-24

# 16. The removal: ten for, eight against, three abstain. Eleven of 21 are needed: it fails by one.
# Counted from the votes cast it would have been carried, and the record says so.
b40 decision open GA-2026-004 --quiet --on 2026-01-24
b40 decision vote GA-2026-004 \
  --for al-aldmar,ba-brezna-luka,bg-sinyobreg,bg-vodengrad,gr-lykonisi \
  --for hr-kamenik,mk-planinsko,rs-srebrni-brod,si-jezerna,tr-camliova \
  --against ba-zelenvar,gr-anemopetra,me-goraluka,me-zalivgrad,mk-ezerovec \
  --against rs-lipovgrad,xk-bregzana,xk-gurmal \
  --abstain bg-rosendol,ro-valea-alba-de-sus,tr-ruzgarhisar --quiet \
  --on 2026-01-24
b40 decision close GA-2026-004 --on 2026-01-24
b40 statutes readings INT-01 --on 2026-01-24

# 17. From the floor another removal is moved. It did not stand on the notice: no vote is opened.
b40 decision propose removal --subject me-zalivgrad --meeting 2026-01-24-ga \
  --grounds "It spoke against the host" --quiet --on 2026-01-24
b40 decision open GA-2026-006 --on 2026-01-24  # refused
b40 decision withdraw GA-2026-006 --quiet --on 2026-01-24

# 18. Four are elected to the committee, the leaders of the working groups first.
b40 decision open GA-2026-005 --quiet --on 2026-01-24
b40 decision vote GA-2026-005 \
  --choice bg-vodengrad=al-aldmar,ba-brezna-luka,ba-zelenvar,bg-rosendol \
  --choice bg-vodengrad=bg-sinyobreg,bg-vodengrad,gr-anemopetra,gr-lykonisi \
  --choice bg-vodengrad=hr-kamenik,me-goraluka,me-zalivgrad,mk-ezerovec \
  --choice bg-vodengrad=mk-planinsko,ro-valea-alba-de-sus,rs-lipovgrad \
  --choice al-aldmar=al-aldmar,bg-vodengrad,gr-anemopetra,gr-lykonisi \
  --choice al-aldmar=hr-kamenik,me-goraluka,me-zalivgrad,mk-ezerovec \
  --choice al-aldmar=rs-srebrni-brod,si-jezerna,tr-camliova,tr-ruzgarhisar \
  --choice al-aldmar=xk-bregzana,xk-gurmal \
  --choice xk-gurmal=ba-brezna-luka,ba-zelenvar,bg-rosendol,bg-sinyobreg \
  --choice xk-gurmal=mk-planinsko,ro-valea-alba-de-sus,rs-lipovgrad \
  --choice xk-gurmal=rs-srebrni-brod,si-jezerna,tr-camliova,tr-ruzgarhisar \
  --choice xk-gurmal=xk-bregzana,xk-gurmal \
  --choice mk-planinsko=al-aldmar,ba-brezna-luka,ba-zelenvar,bg-rosendol \
  --choice mk-planinsko=bg-sinyobreg,mk-planinsko,rs-srebrni-brod,si-jezerna \
  --choice mk-planinsko=tr-camliova,tr-ruzgarhisar,xk-bregzana,xk-gurmal \
  --choice ro-valea-alba-de-sus=al-aldmar,bg-vodengrad,gr-anemopetra \
  --choice ro-valea-alba-de-sus=gr-lykonisi,hr-kamenik,me-goraluka \
  --choice ro-valea-alba-de-sus=me-zalivgrad,mk-ezerovec,ro-valea-alba-de-sus \
  --choice ro-valea-alba-de-sus=rs-lipovgrad,xk-gurmal --quiet \
  --on 2026-01-24
b40 decision close GA-2026-005 --on 2026-01-24

# 19. The presidency passes on; the new member signs in public; the Closing Declaration is signed.
b40 presidency handover 2026 --at 2026-01-24-ga --item 6 --on 2026-01-24
b40 member sign bg-rosendol --ceremony 2026-01-23-summit --on 2026-01-24
b40 summit sign 2026-01-24-ga --document declaration.txt \
  --cities al-aldmar,ba-brezna-luka,bg-rosendol,bg-sinyobreg,bg-vodengrad \
  --cities gr-anemopetra,gr-lykonisi,hr-kamenik,me-zalivgrad,mk-ezerovec \
  --cities mk-planinsko,ro-valea-alba-de-sus,rs-lipovgrad,rs-srebrni-brod \
  --cities si-jezerna,tr-camliova,xk-bregzana,xk-gurmal --on 2026-01-24
b40 meeting close 2026-01-24-ga --at 2026-01-24T17:30 --quiet \
  --on 2026-01-24
b40 committee show --on 2026-01-25

# 20. After the Summit: minutes, the letter to the members, the Final Report in its three steps.
b40 meeting minutes 2026-01-24-ga --document minutes.txt --quiet \
  --on 2026-01-29
b40 meeting minutes 2026-01-23-ec --document minutes.txt --quiet \
  --on 2026-01-29
b40 meeting dispatch 2026-01-23-ec --sent 2026-01-30 --document letter.txt \
  --quiet --on 2026-01-30
b40 meeting dispatch 2026-01-24-ga --sent 2026-01-30 --document letter.txt \
  --quiet --on 2026-01-30
b40 report final 2026-01-24-ga --prepared 2026-02-05 --document report.txt \
  --quiet --on 2026-02-05
b40 report final 2026-01-24-ga --approved 2026-02-11 --quiet --on 2026-02-11
b40 report final 2026-01-24-ga --shared 2026-02-16 --quiet --on 2026-02-16

# 21. Of the year's duties (b40 duty list tells all) one was missed. The desk on one screen:
b40 duty list --year 2025 --state acknowledged --on 2026-02-16
b40 status --on 2026-02-16

# 22. Every file is lawful; all of history, judged again commit by commit, was so on its day.
b40 check --on 2026-02-16
b40 audit
b40 log --on 2026-02-16

# 23. What leaves the house: the minutes of the Assembly as PDF, the calendar, the public site of this
# network with its data.
b40 meeting minutes 2026-01-24-ga --out ../minutes.pdf --on 2026-02-16  # typst
b40 export ics --out ../calendar.ics --on 2026-02-16  # icalendar
b40 site build --out ../site --on 2026-02-16
