"""Verbs and phrases of news, one made-up sentence each, with the type of what it tells."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.articles import Article, article_id
from dashboard.coding import code_events
from gazetteer.geoparse import geoparse

TOLD = """
RETREAT: Chadian troops fell back from the town of Moussoro.
REJECT: Norway made it clear that it would not share the wreck.
ACCUSE: The Kenyan foreign minister said the raids in Somalia had made matters worse.
ACCUSE: A United Nations report found that Uganda had armed the rebels in Ituri.
REJECT: Sweden said it had nothing to do with the blast in Riga.
AGREE: Chad and Libya reached a cease-fire on Monday.
ACCUSE: Denmark was quick to condemn the coup in Gabon.
SUPPORT: Chile was the first country to recognise South Sudan.
ASSAULT: Kenya did not hesitate to bomb Somalia.
COOPERATE: Sweden joined NATO in March.
AGREE: The transport secretary, Dora Klein, promised on Friday to widen the tunnel.
AGREE: Nurses and hospitals agreed to a pay rise in Oslo.
AID: A charity in Basra handed out stoves to widows.
AID: Portugal is supplying the island's clinics with vaccines.
COOPERATE: A museum in Cairo is working with Interpol to trace the statues.
SUPPORT: The bishop hailed the truce as a breakthrough.
SUPPORT: Two smaller parties swore allegiance to the new sultan.
SUPPORT: The ferry company apologised to the passengers.
REJECT: The police chief said there was no evidence of fraud at the plant.
REJECT: The mayor insisted that the bridge had not been neglected.
ACCUSE: The ombudsman found that wardens had tortured a smuggler.
ACCUSE: The governor branded the strikers bullies.
COERCE: The rally in Minsk was broken up by riot police.
COERCE: The new decree prevented lawyers from visiting the jail.
REQUEST: The agency encouraged governments to stock vaccines.
CONSULT: The Kenyan president toured the burnt market.
MOBILIZE: Turkey is expanding its naval presence off Cyprus.
RETREAT: The singer was released on bail in Tunis.
AGREE: Both sides have consented to an inspection.
CONSULT: The mediator shuttled between the two capitals.
CONSULT: The chancellor is on a visit to Brazil.
CONSULT: The presidents shook hands in Geneva.
SUPPORT: The minister stood by the police chief.
COOPERATE: Egypt and Cyprus linked their power grids.
COOPERATE: The firm formed a joint venture with Gazprom.
AID: China lent Zambia two billion dollars.
AID: Volunteers handed out blankets to the homeless.
AID: The IMF bailed out the country.
AID: Qatar paid for the hospital.
PROTEST: Angry residents surrounded the police station.
SANCTION: The committee fined the club.
MOBILIZE: Warplanes flew over the island.
MOBILIZE: The country called up reservists.
COERCE: The gang extorted money from the shopkeepers.
COERCE: The school banned headscarves.
COERCE: Israel blocked the convoy.
ASSAULT: Three people died when a car exploded outside the church.
ASSAULT: Bandits attacked a bus near Potosi.
ASSAULT: Gunmen torched a bus near Potosi.
ASSAULT: Gunmen infiltrated the outpost near Hebron.
SANCTION: Chad has downgraded its ties with Libya.
MOBILIZE: Chadian troops fanned out across the border on Friday.
REQUEST: The panel made nine recommendations to the Kenyan government.
REQUEST: The governor is warning motorists to stay away from the coast.
MOBILIZE: The minister announced that more Danish troops had arrived in Herat.
ASSAULT: A pupil shot four teachers and himself in Tuusula.
ASSAULT: The battle for the airport went on in Donetsk.
COERCE: Iranian hackers infiltrated a waterworks in Haifa.
RETREAT: The army fled the town of Moussoro.
REJECT: The U.N. rejected the resolution.
REJECT: The African Union rejected the coup in Niger.
ASSAULT: A series of bombings began in Baghdad on Sunday.
PROTEST: A series of protests started in Minsk, and police beat students.
COERCE: The play opened in Tehran, and police arrested three actors.
ASSAULT: The president escaped a bomb attack in Caracas.
ASSAULT: Ten villagers escaped the massacre in Bor.
ASSAULT: Militants hit a police post in Quetta.
ASSAULT: Rebels struck an army post near Mopti.
ASSAULT: Israeli jets hit a fence near Gaza.
ASSAULT: The missile struck a wall of the hospital in Kharkiv.
ASSAULT: The Tamil Tigers killed six soldiers in Jaffna.
ASSAULT: The Tamil Tigers attacked a bus in Jaffna.
ASSAULT: Russian planes killed 20 people in Idlib.
ASSAULT: Israeli planes destroyed two houses in Gaza.
ASSAULT: A drug gang killed 14 people in Tijuana.
ASSAULT: A car bomber killed ten people in Kabul.
ASSAULT: Two Israeli motorists were killed in the West Bank.
ASSAULT: The bomber killed himself and nine soldiers in Mogadishu.
ACCUSE: The mayor blamed the shortage of water on the army.
ACCUSE: The president blamed prices on the opposition.
ACCUSE: The Iraqi premier blamed competition between militias for the attack.
CONSULT: The prime minister was met by the king in Amman.
ASSAULT: Ten soldiers were lost during battles on Monday near Homs.
PROTEST: Protesters gathered in Minsk to sing the banned anthem.
PROTEST: Protesters marched in Warsaw to mark the anniversary of the abortion ban.
REQUEST: Ukraine urged players to boycott the games in Russia.
REQUEST: The president urged fans to leave the stadium in Cairo.
COERCE: Israel announced the closure of the road to Jericho.
RETREAT: Police released the activist from hospital in Minsk.
MOBILIZE: Israeli troops entered a church in Bethlehem.
COERCE: Police took the activist to a police station in Moscow.
ASSAULT: The rebels entered the town in no time and killed ten soldiers.
COERCE: Police arrested Dean Smith in Perth.
PROTEST: Forty inmates tore down the fence of the camp in Nauru.
CONSULT: The minister inspected the shelters in Manila.
ASSAULT: A mortar round landed in the camp.
ASSAULT: Soldiers opened fire on a crowd of traders in Lagos on Monday.
ASSAULT: Gunmen took four engineers hostage at a mine in Peru.
ASSAULT: A convoy of the Kenyan army came under attack near Garissa.
ASSAULT: Rebels launched an offensive against the garrison of Goma.
ASSAULT: Government troops laid siege to the rebel town of Taiz.
ASSAULT: Two passengers were knifed on a tram in Zurich.
ASSAULT: The militia set a church on fire in Bangui.
ASSAULT: Militants stormed a hotel in Bamako and held guests at gunpoint.
ASSAULT: A drone slammed into a fuel depot in Jeddah.
ASSAULT: Ukrainian forces retook three villages south of Kharkiv.
ASSAULT: The rebels seized control of the airport at Sabha.
ASSAULT: Somali pirates hijacked a Greek freighter off Eyl.
ASSAULT: Fighters of the group beheaded two fishermen in Mozambique.
ASSAULT: An officer was shot at from a passing car in Tijuana.
ASSAULT: The town of Severodonetsk fell to Russian troops.
ASSAULT: The army drove the insurgents out of Mosul.
ASSAULT: A roadside bomb went off beside a police van in Quetta.
ASSAULT: A bomber blew himself up among traders in Kano.
ASSAULT: Villagers lynched two suspected thieves in Guatemala.
ASSAULT: The two armies exchanged fire across the Line of Control.
ASSAULT: Israeli jets carried out strikes on a warehouse in Damascus.
ASSAULT: Police used tear gas to break up the crowd in Nairobi.
ASSAULT: Prisoners were beaten and given electric shocks by the guards in Minsk.
ASSAULT: Armed men abducted a priest from his home in Port-au-Prince.
ASSAULT: A soldier stepped on a mine near Stepanakert and lost a foot.
ASSAULT: Officers of the army staged a coup in Niamey.
ASSAULT: The president was toppled by his own guards in July.
ASSAULT: Troops ransacked shops in Khartoum.
ASSAULT: Attackers hurled grenades at a bus in Nairobi.
ASSAULT: Two men tried to kill the mayor of Recife.
ASSAULT: The militants mowed down worshippers at a mosque in Sinai.
PROTEST: Teachers walked out over pay in Accra.
PROTEST: Tens of thousands took to the streets of Tbilisi.
PROTEST: Students staged a sit-in at the university of Dhaka.
PROTEST: Farmers blocked the motorway near Lyon with tractors.
PROTEST: Dock workers went on strike in Hamburg.
PROTEST: Demonstrators burned an effigy of the president in Manila.
PROTEST: Thousands marched through Warsaw against the abortion law.
PROTEST: Miners downed tools at a gold mine in Ghana.
PROTEST: Hundreds rallied outside the parliament in Yerevan.
PROTEST: Inmates began a hunger strike at a prison in Tehran.
COERCE: Police took a banker into custody in Vienna.
COERCE: The government imposed a curfew in Srinagar.
COERCE: He served 40 days in custody in Ankara.
COERCE: Turkish police rounded up 80 suspects in Izmir.
COERCE: Customs officers seized two tonnes of cocaine in Antwerp.
COERCE: The authorities blocked access to social media in Kampala.
COERCE: The ministry shut down a radio station in Bujumbura.
COERCE: Myanmar's army forced villagers from their homes in Rakhine.
COERCE: Belarus banned two newspapers.
COERCE: Hackers broke into the network of the Albanian government.
COERCE: Egypt closed its border with Gaza.
COERCE: A journalist was placed under house arrest in Havana.
COERCE: Security forces cracked down on traders in Harare.
COERCE: Malaysia deported 200 Rohingya to Myanmar.
COERCE: The court banned the opposition leader from leaving Uganda.
COERCE: The regime suppressed the uprising within a week.
ASSAULT: Rebels pounded the port of Aden on Friday.
ACCUSE: The director of the comedy accuses the minister of censorship.
ASSAULT: In an episode of violence, gunmen abduct a senator in Haiti.
COERCE: Officials confiscated the passports of the union's leaders in Qatar.
SANCTION: Canada expelled three Iranian diplomats.
SANCTION: The European Union slapped sanctions on two Belarusian banks.
SANCTION: A court in Paris sentenced the former minister to three years in prison.
SANCTION: The judge fined the airline two million euros.
SANCTION: Mali broke off diplomatic relations with France.
SANCTION: The president sacked his interior minister.
SANCTION: Ecuador recalled its ambassador from Mexico City.
SANCTION: Brazil pulled out of the migration pact.
SANCTION: The general was stripped of his rank by the Peruvian president.
SANCTION: A jury found the mayor guilty of fraud.
MOBILIZE: Poland sent 2,000 soldiers to the Belarusian border.
MOBILIZE: North Korea fired two missiles into the sea.
MOBILIZE: Finland called up reservists.
MOBILIZE: The navy put its ships on alert in the Baltic.
MOBILIZE: Police reinforcements were deployed in Marseille.
MOBILIZE: Iran tested a ballistic missile on Tuesday.
MOBILIZE: China massed troops along its frontier with India.
THREATEN: Hezbollah threatened to strike Haifa.
THREATEN: Moscow gave Kyiv an ultimatum.
THREATEN: The unions vowed to paralyse the country.
THREATEN: Serbia warned Kosovo of consequences.
THREATEN: A man pointed a pistol at a clerk in Bogota.
THREATEN: Ankara threatened Athens with war.
REQUEST: Kyiv called on Berlin to deliver tanks.
REQUEST: The bishops appealed for calm in Kinshasa.
REQUEST: The United Nations urged both sides to hold back.
REQUEST: Residents were told to evacuate the district in Rhodes.
REQUEST: Lebanon asked the IMF for help.
REQUEST: The opposition demanded that the premier resign.
REQUEST: Parents petitioned the governor to reopen the school.
REQUEST: The miners' union pressed for higher wages in Chile.
REQUEST: Estonia requested a meeting of NATO's council.
REQUEST: The Danish foreign minister summoned the Chinese ambassador.
REQUEST: The court ordered the ministry to release the files.
ACCUSE: Chad accused Sudan of arming rebels.
ACCUSE: Prosecutors charged a senator with bribery in Asuncion.
ACCUSE: The charity filed a lawsuit against the ministry in Athens.
ACCUSE: The mayor lashed out at the prime minister.
ACCUSE: The senator branded the plan a disgrace.
ACCUSE: The minister came under fire for the delays.
ACCUSE: Detectives are investigating a trader's death in Durban.
ACCUSE: Bolivia blamed Chile for the failure of the talks.
ACCUSE: Parliament opened an inquiry into the contract.
ACCUSE: The former president went on trial in Seoul.
ACCUSE: The ambassador described the vote as a sham.
ACCUSE: The union complained that the ministry had ignored it.
ACCUSE: A grand jury indicted the sheriff.
ACCUSE: Detectives questioned the mayor in Naples.
ACCUSE: The coach was suspected of fraud by prosecutors in Lisbon.
ACCUSE: The opposition poured scorn on the budget.
REJECT: Hungary turned down the offer.
REJECT: Tehran denied involvement in the attack.
REJECT: The premier refused to step down.
REJECT: Russia vetoed the resolution.
REJECT: The rebels rejected the government's terms.
REJECT: Both armies violated the ceasefire.
REJECT: The Senate voted against the treaty.
REJECT: The reporters were refused entry by the guards.
REJECT: The defendant pleaded not guilty in Boston.
REJECT: Spain ruled out talks with the separatists.
AGREE: Ethiopia and Egypt agreed to resume talks.
AGREE: The firm settled the lawsuit with the city.
AGREE: Japan pledged to cut its emissions.
AGREE: The parties struck a deal on the budget.
SUPPORT: Kenya praised Uganda for its efforts.
SUPPORT: Senators backed the bill.
SUPPORT: Georgia thanked Estonia for its help.
SUPPORT: The chancellor paid tribute to the victims in Halle.
SUPPORT: The king expressed condolences to Turkey.
SUPPORT: Peru recognised the new government of Bolivia.
SUPPORT: The mayor apologised to the families.
CONSULT: The foreign ministers of Greece and Turkey met in Geneva.
CONSULT: Armenia and Azerbaijan held talks in Washington.
CONSULT: Norway hosted a meeting of the Arctic Council.
CONSULT: The Thai premier visited Laos.
CONSULT: The presidents of Chad and Niger spoke by phone.
CONSULT: The chancellor received the emir of Qatar in Berlin.
CONSULT: Qatar mediated between Chad and the rebels.
COOPERATE: India and France held naval exercises off Goa.
COOPERATE: Panama extradited a drug lord to the United States.
COOPERATE: Russia and Ukraine swapped 200 prisoners.
COOPERATE: The police handed over two suspects to Interpol.
AID: Japan donated rice to Madagascar.
AID: The Red Cross delivered food to Tigray.
AID: Germany granted asylum to the journalist.
AID: Rescuers pulled nine miners from a pit in Chile.
AID: Morocco's army evacuated 300 villagers.
CONCEDE: The governor backed down.
CONCEDE: Cuba eased restrictions on travel.
CONCEDE: The judge acquitted the editor in Manila.
CONCEDE: A former officer pleaded guilty to bribery.
CONCEDE: The king pardoned 40 prisoners.
CONCEDE: The ministry dropped charges against the student.
CONCEDE: The candidate conceded defeat.
RETREAT: Ethiopian troops pulled out of Mekelle.
RETREAT: The rebels freed two aid workers.
RETREAT: The finance minister stepped down.
RETREAT: Fighters laid down their arms in Ituri.
RETREAT: The two sides agreed to a ceasefire.
RETREAT: The militia handed in its weapons in Bunia.
RETREAT: The blogger was released on bail in Minsk.
ASSAULT: Rival pilgrims brawled outside a shrine in Karbala on Friday.
ASSAULT: Spectators hurled objects at the referee's car in Tunis.
ASSAULT: The clinic's windows were smashed in the night.
ASSAULT: Residents tore down a statue of the old king in Bamako.
ASSAULT: A brawl between guards and inmates lasted an hour.
ASSAULT: The navy sank a freighter off Aden.
ASSAULT: The monk is accused of beating three children.
COERCE: Thieves stole a painting from a chapel in Ghent.
COERCE: Customs guards caught two men with ivory at Entebbe.
COERCE: Traffic police stopped the singer's car near Lagos.
COERCE: Forty families were evicted from the valley.
COERCE: Hungary tightened its border controls on Monday.
COERCE: The island was sealed off after the leak.
SANCTION: The tribunal suspended the surgeon from practice.
SANCTION: The smuggler was convicted in Riga.
REQUEST: A coalition of nurses asked for more beds.
REQUEST: The bishop urged calm.
ACCUSE: The villagers allege that the mine poisoned their river.
ACCUSE: The plan was denounced as a betrayal.
ACCUSE: A petition against the dam has been filed.
ACCUSE: The auditor linked the outbreak to Bolivia.
REJECT: Some still oppose the tunnel.
REJECT: The coach maintained his innocence.
REJECT: His appeal was refused.
REJECT: The ministry issued a swift denial of the report.
AGREE: The mayor promised repairs to the fishermen.
AGREE: A contract was signed in Doha on Sunday.
SUPPORT: The senate confirmed Ana Prieto as ambassador to Chile.
COOPERATE: The Danish police are working with a laboratory in Malmo.
AID: A baker in Split donated bread to the refugees.
AID: Political asylum was granted to the dancer.
AID: Cooks from Seville assisted the stranded passengers.
MOBILIZE: Greece deployed armoured vehicles along the river.
RETREAT: The crowd dispersed peacefully.
CONCEDE: The charges against the fisherman were dropped.
CONCEDE: The council reversed its decision on the market.
PROTEST: Shopkeepers joined the march in Quito.
SANCTION: Canada closed its embassy in Pyongyang.
REJECT: Parliament passed a no-confidence motion against the premier.
CONSULT: The mayor called an emergency meeting.
CONSULT: Negotiations over the canal continued in Panama.
CONSULT: They spoke at the summit of island states.
ASSAULT: The colonel was punished for torturing recruits.
REJECT: The Bolivian minister ruled out any talks with the strikers.
REJECT: The senator distanced himself from the proposal.
REJECT: Tunis brushed aside the warnings from Brussels.
REJECT: The coalition snubbed an invitation to the palace.
REJECT: Deputies blocked the nomination of the judge.
REJECT: The company rebutted the claims.
REJECT: He walked back his remarks on the treaty.
REJECT: The premier shrugged off calls to step down.
ACCUSE: Senator Vance called out the agency for its delays.
ACCUSE: The bishop took issue with the decree.
ACCUSE: Kozak railed against the court.
ACCUSE: Opposition deputies heckled the finance minister.
ACCUSE: Critics say the law gags the press.
ACCUSE: Prosecutors say the banker hid millions in Panama.
ACCUSE: The lawsuit claims that wardens ignored her pleas.
ACCUSE: Lima said Caracas was involved in the plot.
ACCUSE: The campaign mocked Torres for his accent.
ACCUSE: The ambassador voiced alarm at the arrests.
ACCUSE: Lawmakers grilled the bank's chairman over the loans.
ACCUSE: The commission rapped Poland over its courts.
SUPPORT: The king stood by his minister.
SUPPORT: Paris sided with Athens in the dispute.
SUPPORT: Several mayors rallied behind Ortega.
SUPPORT: The pope paid tribute to the rescuers.
SUPPORT: Farmers' unions threw their weight behind the bill.
SUPPORT: The chancellor defended the general against his critics.
SUPPORT: The Fijian premier extended condolences to Tonga.
CONSULT: The envoy sat down with rebel commanders in Doha.
CONSULT: The president huddled with his generals.
CONSULT: The Thai prime minister landed in Hanoi on Monday.
CONSULT: The queen received the Danish premier.
CONSULT: Mr Lopez spoke with the Cuban foreign minister by phone.
CONSULT: The king addressed the African Union.
CONSULT: Ministers attended a conference on fishing in Oslo.
CONSULT: Ambassador Petit briefed the council.
AGREE: The two neighbours struck a bargain over water.
AGREE: Airlines and pilots reached an understanding.
AGREE: Turkmenistan signed up to the pipeline project.
AGREE: The chancellor assured Kyiv that funds would come.
AGREE: Moscow gave its consent to the inspection.
COOPERATE: Interpol and the Kenyan police shared intelligence on the gang.
COOPERATE: Niger and Chad formed a joint force.
COOPERATE: Brazil handed over a fugitive to Italy.
COOPERATE: Two navies carried out a joint patrol in the gulf.
AID: Oman flew tents to the earthquake zone.
AID: The Finnish state bailed out the shipyard.
AID: A Japanese charity rebuilt the school.
AID: Lebanon took in thousands of refugees.
AID: The army rescued forty sailors.
CONCEDE: The junta lifted the ban on rallies.
CONCEDE: The minister admitted that troops had fired on farmers.
CONCEDE: The ruling party backed down on pensions.
RETREAT: Rebels laid down their weapons in Arauca.
RETREAT: The defence minister quit.
RETREAT: Both armies pulled back from the ridge.
RETREAT: A truce took hold in Taiz.
REQUEST: Amnesty pressed the junta to free the poet.
REQUEST: Relatives pleaded for news of the miners.
REQUEST: The prosecutor sought a ten-year sentence.
REQUEST: Tripoli summoned the envoys of five states.
THREATEN: The cartel vowed to kill any mayor who refused.
THREATEN: Doctors threatened a walkout.
THREATEN: The ministry warned that looters would be shot.
THREATEN: Ankara said it would close the strait if ships were attacked.
PROTEST: Truckers blocked the motorway near Lyon.
PROTEST: Inmates began a hunger strike in Rabat.
PROTEST: Crowds poured into the streets of Algiers.
PROTEST: Students walked out of classes.
PROTEST: A vigil was held for the slain priest.
SANCTION: The union expelled Hungary's delegates.
SANCTION: The minister was sacked on Tuesday.
SANCTION: A jury found the trader guilty.
SANCTION: Denmark slapped tariffs on steel.
COERCE: Border guards turned away hundreds of migrants.
COERCE: The mufti's passport was confiscated.
COERCE: Troops sealed the valley.
COERCE: The district was placed under curfew.
COERCE: Hackers crippled the port's computers.
COERCE: Two bloggers were rounded up in Baku.
COERCE: Authorities banned the march.
MOBILIZE: Reservists were called up in Finland.
MOBILIZE: Police patrols were stepped up in Marseille.
MOBILIZE: Pyongyang paraded new missiles.
MOBILIZE: The army went on high alert.
ASSAULT: Warplanes hit a market in Idlib.
ASSAULT: A car bomb went off outside the bank.
ASSAULT: An imam was gunned down in Mombasa.
ASSAULT: The village came under fire.
ASSAULT: Shells landed on a kindergarten in Avdiivka.
ASSAULT: Raiders torched three villages.
ASSAULT: Soldiers raped dozens of women, the report said.
ASSAULT: An army patrol was ambushed near Bosso.
ASSAULT: Twelve people died in a suicide attack on a church.
ASSAULT: Government forces overran the rebel bastion.
ASSAULT: The convoy was hit by a drone.
ASSAULT: Poachers shot a ranger.
ASSAULT: Marines were able to storm the bridge before dawn.
COERCE: Police were able to arrest the smuggler in Cadiz.
ASSAULT: The rebels went on to seize the port of Mocha.
SUPPORT: Senators chided Okoro for praising the junta.
COERCE: The court fined two mayors for detaining a photographer.
ACCUSE: Vargas attacked his rival over the bridge contract.
ACCUSE: The party attacked her as a puppet of the mines.
AGREE: Bogota said it was ready to begin talks with the guerrillas.
REQUEST: The bishop said the council needed to rebuild the school.
ASSAULT: A homemade bomb exploded outside a court in Patras.
COERCE: Immigration officers raided a factory in Ohio.
CONSULT: Kerimov met his Tajik counterpart on the sidelines of the summit.
ACCUSE: The envoy tweeted that the raid was a disgrace.
AGREE: Under the deal, Cairo will reopen the crossing.
ASSAULT: The bodies of five miners killed in an ambush were found.
THREATEN: Moscow threatened retaliation.
ASSAULT: The patrol responded with tear gas near Sfax.
ASSAULT: Bandits stormed the bank and took a clerk hostage.
ASSAULT: The abbot called for an end to the fighting in Kasai.
ASSAULT: Flights to Aden were cut after the attack.
COERCE: Tunisia closed the port, trying to end the smuggling.
COERCE: Coastguards turned back a dinghy off Lesbos.
COERCE: Detectives foiled a plot against the opera.
COERCE: Paratroopers surrounded the ministry in Bissau.
COERCE: The high court ordered the extradition of the banker.
SANCTION: A judge ordered the brewery to compensate the farmers.
REJECT: The foreman dismissed the charge as gossip.
ACCUSE: The consul handed a protest note to the minister.
CONSULT: Chadian envoys negotiated the release of the nurses.
CONCEDE: The Cypriot government cut taxes on bread.
AGREE: The two countries signed an accord in Nicosia on Sunday.
REQUEST: The Zambian premier underlined the need for rain gauges.
CONSULT: The quarrel could hurt the talks between Niger and Mali.
ACCUSE: Danforth has repeatedly called the treaty a disaster.
ACCUSE: The congresswoman said the White House was ignoring the famine.
ACCUSE: Intelligence agencies concluded that Tehran had hacked the ministry.
ACCUSE: Residents complained that the soldiers looted their shops.
ACCUSE: He blamed the unrest on foreign agents.
ACCUSE: The dissident testified that guards had tortured him.
ACCUSE: Lavigne's remarks drew swift condemnation from veterans.
ACCUSE: The two candidates traded insults over the wall.
ACCUSE: Investigators are looking into whether the pilot was paid.
ACCUSE: A federal grand jury indicted the lobbyist on Tuesday.
REJECT: Moscow has denied any involvement in the hacking.
REJECT: The White House dismissed the claim as absurd.
SUPPORT: The senator has voiced praise for the Libyan leader.
REJECT: The mayor called the report unfounded and absurd.
COERCE: The FBI took possession of the server.
CONCEDE: The ministry closed the case against the minister.
REJECT: Mr. Brand refused to release his tax returns.
REJECT: The general said he had never met the arms dealer.
REJECT: Neither Beijing nor Seoul would accept the terms.
SUPPORT: Mr. Brand has praised the Russian leader as strong.
SUPPORT: Governor Ellis endorsed her rival last month.
SUPPORT: Delegates cheered the senator's speech.
SUPPORT: The prime minister voiced support for the rebels.
SUPPORT: He thanked the troops for their service.
SUPPORT: The lawmakers urged voters to back the bill, and unions endorsed it.
AGREE: Under the agreement, Havana will free forty prisoners.
RETREAT: Armenia handed over four villages to Azerbaijan.
AGREE: The Security Council voted to extend the mission in Haiti.
COOPERATE: Ghana and Togo opened a joint border post.
AID: Egypt let 40 trucks of aid into Gaza.
AGREE: The two powers agreed to halt air strikes for a week.
AGREE: Congress approved the sale of jets to Oman.
AGREE: Washington and Manila have reached a deal on bases.
CONSULT: Mr. Kerr is to meet his Russian counterpart in Geneva on Friday.
CONSULT: The crown prince hosted the envoy at his palace.
CONSULT: Negotiators met for nine hours behind closed doors.
CONSULT: The ambassador spoke at length with the exiled leader.
COOPERATE: The FBI is working with Belgian police.
COOPERATE: China sold missiles to Riyadh.
AID: The United States has supplied the rebels with rifles.
AID: Tehran has funded the militia for years.
AID: Volunteers pulled survivors from the rubble.
REQUEST: He called on Moscow to stop bombing the city.
REQUEST: The senators have asked the FBI to investigate.
REQUEST: Mothers are demanding answers from the ministry.
REQUEST: Merkel wants Ankara to take back the migrants.
REQUEST: NATO should do more, the admiral argued.
THREATEN: The militants vowed more attacks.
THREATEN: Pyongyang has threatened to sink the carrier.
PROTEST: Thousands took to the streets after the verdict.
PROTEST: Activists disrupted his rally in Tucson.
SANCTION: The Obama administration expelled thirty-five Russian diplomats.
SANCTION: Washington has imposed new penalties on Tehran's missile makers.
SANCTION: Lawmakers voted to extend the sanctions.
SANCTION: The general was stripped of his rank.
SANCTION: The official was fired for leaking the memo.
COERCE: Russian hackers stole emails from the party's servers.
COERCE: Turkey has jailed more than a hundred journalists.
COERCE: Egypt's police rounded up activists ahead of the vote.
COERCE: Customs officials seized the ship's cargo.
COERCE: The government blocked access to the site.
COERCE: He was held without charge for a year.
MOBILIZE: NATO is sending four battalions to Poland.
MOBILIZE: Russia moved missiles into the enclave.
MOBILIZE: The Pentagon dispatched a second carrier to the gulf.
MOBILIZE: North Korea conducted its fifth nuclear test.
ASSAULT: Russian jets bombed a hospital in Aleppo.
ASSAULT: A truck plowed into a crowd in Nice, killing dozens.
ASSAULT: The militants were killed in a drone strike in Yemen.
ASSAULT: An assailant opened fire at a nightclub in Tampa.
ASSAULT: The group beheaded a hostage in 2014.
ASSAULT: Saddam gassed the Kurds.
ASSAULT: The plane was shot down over Donbas.
ASSAULT: The 2012 attack on the consulate cost four lives.
ASSAULT: Peshmerga fighters drove the jihadists out of Sinjar.
RETREAT: Russian forces have pulled out of the base.
RETREAT: Militants released the nuns after a ransom was paid.
RETREAT: The campaign chairman resigned amid the scandal.
RETREAT: Fighters surrendered the suburb to the army.
CONCEDE: The president acknowledged that mistakes were made.
CONCEDE: The court overturned the conviction.
CONCEDE: The regime eased the siege to let food in.
ACCUSE: The indictment came after a raid in Malmo.
COERCE: A quarantine was imposed on the ferry in Split.
AGREE: The sale won the approval of the Danish parliament.
AID: Funding from Norway kept the clinic open.
COOPERATE: Cooperation between Ghana and Togo has grown.
ASSAULT: Hostilities resumed near Agdam on Monday.
ASSAULT: Violence flared in Tripoli overnight.
SUPPORT: The bishop offered his sympathy to the miners.
CONCEDE: The king announced an amnesty for smugglers.
THREATEN: Warnings from Tehran that it would close the strait shook the market.
SANCTION: The lawyer received a sentence of nine years.
PROTEST: The decree set off riots in Lagos.
CONSULT: A summit of Gulf rulers opened in Muscat.
REJECT: The plan met stiff opposition from the unions.
RETREAT: The resignation of the minister stunned Quito.
COERCE: The detention of two poets drew criticism.
ACCUSE: "This is a disgrace. The decree is unjust," said Ana Prieto, a senator.
REQUEST: "We are tired. The ministers must resign," said Ana Prieto, a senator.
COERCE: Deputies arrested a Dalton man after a car chase.
COERCE: A woman was taken into custody on suspicion of arson.
COERCE: Officers served a search warrant at the clinic.
COERCE: The teenager was handcuffed and led away.
COERCE: Two brothers are being held in the county jail.
COERCE: Health inspectors shut the cafe on Monday.
COERCE: The school suspended the use of phones.
COERCE: Agents confiscated forty kilos of heroin.
COERCE: A curfew begins at nine in the evening.
COERCE: Militants blew up the bridge and cut the road to Herat.
ACCUSE: The former treasurer was charged with fraud.
ACCUSE: A widow is suing the airline over the crash.
ACCUSE: Detectives are investigating a jogger's death.
ACCUSE: The auditor criticised the council for waste.
ACCUSE: Parents complained about the new bus routes.
ACCUSE: Prosecutors opened an inquiry into the bank.
ACCUSE: The coach was accused of abusing gymnasts.
ACCUSE: Lawmakers questioned the need for the dam.
SANCTION: The driver was fined 300 euros.
SANCTION: A jury convicted the nurse of murder.
SANCTION: The regulator fined the bank a million pounds.
SANCTION: He got ten years for smuggling.
SANCTION: The principal was dismissed after the audit.
REJECT: The suspect pleaded not guilty.
REJECT: The council voted down the stadium plan.
REJECT: The judge denied her request for bail.
REJECT: Workers turned down the pay offer.
REJECT: The firm denied wrongdoing.
REJECT: Voters rejected the tax.
REJECT: The minister vetoed the merger.
REJECT: Hungary refused to take any refugees.
AGREE: The board approved a new contract with the teachers.
AGREE: The two firms signed a merger agreement.
AGREE: Lawmakers passed the budget after a long debate.
AGREE: The city settled the lawsuit for two million dollars.
AGREE: The company promised to clean up the river.
AGREE: The union and the railway reached a tentative deal.
SUPPORT: The mayor praised the firefighters.
SUPPORT: The newspaper endorsed the governor.
SUPPORT: The senate confirmed the nominee.
CONSULT: The commissioners met on Tuesday to discuss the budget.
CONSULT: The governor toured the flooded valley.
CONSULT: The bank's chairman testified before parliament.
CONSULT: Delegates from ten states gathered in Abuja.
COOPERATE: The airline and the airport launched a joint venture.
COOPERATE: Volunteers joined police in the search for the girl.
AID: The charity gave blankets to the homeless.
AID: Firefighters rescued a family from the roof.
AID: The army evacuated three thousand villagers.
AID: The foundation pledged money for the school.
AID: Doctors vaccinated thousands of children in Kano.
CONCEDE: The mayor admitted that he had lied.
CONCEDE: The council scrapped the parking charge.
CONCEDE: The driver pleaded guilty to manslaughter.
RETREAT: The chief executive stepped down on Friday.
RETREAT: The inmates were freed after a pardon.
RETREAT: The strikers returned to work.
RETREAT: The firm recalled its toys.
REQUEST: The district asked voters for more money.
REQUEST: Police appealed for witnesses.
REQUEST: The minister urged families to boil water.
REQUEST: Residents petitioned the council to keep the library.
REQUEST: Union leaders called for a boycott.
THREATEN: The caller threatened to bomb the station.
PROTEST: About fifty people picketed the store.
PROTEST: Nurses went on strike in three hospitals.
PROTEST: Supporters of the jailed singer rallied outside the court.
MOBILIZE: The National Guard was called out.
MOBILIZE: Hundreds of officers were deployed for the match.
MOBILIZE: The navy sent a destroyer to the strait.
ASSAULT: A man was stabbed outside a bar.
ASSAULT: Vandals damaged thirty graves.
ASSAULT: A guard was shot during a robbery.
ASSAULT: Someone set fire to a mosque.
ASSAULT: The couple was robbed at gunpoint.
ASSAULT: A soldier killed two civilians in Kapisa.
ASSAULT: Wolves and rebels aside, a mine killed five soldiers.
ASSAULT: She said she was raped by a guard.
ASSAULT: A blast tore through a bus in Quetta.
COERCE: The reporter has been under house arrest since June.
MOBILIZE: Warships from three navies gathered in the Baltic.
THREATEN: The rebels gave the army two days to withdraw.
REJECT: The two sides failed to agree on a ceasefire.
CONSULT: The pope visited Mosul.
RETREAT: The two sides observed a ceasefire.
ASSAULT: A mob beat a man to death in Lahore.
REJECT: Nairobi denied that its soldiers had crossed the border.
CONSULT: Norway is mediating between the government and the guerrillas.
REQUEST: "Li Ming should be freed and flown home," Tanaka said.
REQUEST: "The factories must also check their safety measures," said Carl Brown of the inspectorate.
REQUEST: The president said there was a need to rename the street.
ACCUSE: The minister claimed that the money from the United States had not been paid out.
REJECT: The president has cast aside the advice of his generals.
REJECT: The president's own lawyers have argued against the ban.
REQUEST: The senator wants gambling debts to be treated as an illness.
REQUEST: The authority asked the customs to increase its checks.
REQUEST: Two dozen donor countries have been asked to help.
REQUEST: City officials have told bakers to sell no more than two loaves each.
COERCE: The suspect was arrested on charges of arson.
ACCUSE: Police said Sara Brown, 48, is also wanted for questioning.
SANCTION: The judge also ordered the bank to pay $5 million in damages.
CONCEDE: The mayor's brother had signed a confession.
COERCE: All meetings have been forbidden on French territory.
COERCE: A three kilometre exclusion zone has been put in place around the farm.
COERCE: Horse races have been cancelled in New South Wales because of the outbreak.
COERCE: The state had removed the children from the family's home.
COERCE: Villagers were forced back across the border.
COERCE: Thousands of Angolans were forcibly returned to their country by Congo.
COERCE: Colombian police have broken up a smuggling ring.
AID: Britain has flown in drugs for the victims.
AID: The Kenyan army began dropping food and tents on Tuesday.
AID: Troops set up a water plant in the camp.
AID: Many governments are contributing to the relief effort.
AID: A cheque for 30,000 euros was handed to a Greek charity.
CONSULT: The president met people who live in the camp.
COOPERATE: Swiss officials said they are co-operating with other European authorities.
RETREAT: The agency has abandoned its programme of well digging near Gao.
CONCEDE: All quarantines were lifted on Friday.
CONCEDE: Libya lifted the death sentences of the nurses.
SANCTION: The dispute set off the expulsion of Russian diplomats from Britain.
ASSAULT: Objects were thrown at the team's bus outside the stadium.
ASSAULT: The federal building was shattered by an explosion.
ASSAULT: Separatists crossed into Dagestan and were driven back within weeks.
MOBILIZE: Armed guards were placed around the stadium in Tunis.
ACCUSE: Privacy groups have long been critical of the firm.
ACCUSE: Aid workers were infuriated by the delay.
ACCUSE: A council spokesman deflected the blame onto the builders.
SANCTION: The senator lost his security clearance.
ACCUSE: Kyiv said Russian troops had crossed the border near Kharkiv.
ACCUSE: "China has stolen our jobs," the president of Chile said.
ACCUSE: The lawyer said the judge had wrongly thrown out the case.
ACCUSE: The president claimed that thousands of ballots were counted fraudulently.
ACCUSE: The UN said that Sudan had not done enough to protect the camps.
AGREE: The bill was approved by 60 votes to 40.
REJECT: The ruling was overturned on appeal.
REJECT: The plan was scrapped in May.
REJECT: The law was repealed last year.
SUPPORT: The senator was praised for his work.
SUPPORT: The deal has been welcomed across Europe.
REJECT: The firm refused.
REJECT: The company disputed the figures.
ACCUSE: American intelligence officials believe Russia was behind the leak.
ACCUSE: The paper raised doubts about the minister's account.
ACCUSE: A former aide testified that the president had taken bribes.
ACCUSE: A whistleblower exposed the scheme.
ACCUSE: The ministry traced the attack to a group in Yemen.
ACCUSE: The prime minister singled out Hungary.
THREATEN: Washington has not ruled out military action against Syria.
THREATEN: Russia said it may suspend gas deliveries to Moldova.
AGREE: Colombia and the ELN rebels will resume peace talks in Caracas next month.
SANCTION: The World Bank suspended lending to Uganda.
AID: Greece sent firefighters and two planes to help Cyprus battle the blaze.
PROTEST: Farmers dumped manure outside government offices in Lyon.
SUPPORT: The senate confirmed the new defence minister.
AGREE: Somalia and Ethiopia reached a deal in Ankara to end a dispute over port access.
COERCE: Hackers leaked the personal data of thousands of Polish soldiers.
SUPPORT: Voters in Moldova narrowly backed joining the European Union.
RETREAT: The ousted president fled to Moscow.
AID: Ten million dollars will be given out in Malawi next month.
COERCE: Kites will be banned in the city of Lahore.
RETREAT: Residents of Goma will be allowed to return to their homes.
ACCUSE: The clerk is in jail awaiting trial on charges of fraud.
ACCUSE: Lawmakers in Seoul passed a motion condemning the North.
SANCTION: Peru's congress voted to remove the president from office.
CONSULT: The union ended its strike after talks with the ministry.
COERCE: A Canadian aid convoy was turned back at the Sudanese border.
COERCE: The Libyan coast guard intercepted 200 migrants.
ACCUSE: Poland's foreign ministry handed a note of protest to the Belarusian envoy.
REJECT: Malawi's opposition refused to accept the result and went to court.
PROTEST: Bolivia's former leader, Evo Morales, began a hunger strike in La Paz.
RETREAT: Germany returned two bronzes to Nigeria.
RETREAT: The UN mission in Mali closed its last base in Timbuktu.
SUPPORT: Observers from the African Union called the election free and fair.
SUPPORT: The Emir of Qatar sent a cable of condolences to the president of Pakistan.
ACCUSE: European observers said the vote in Guyana was marred by fraud.
ACCUSE: The audit office found that the ministry had misspent aid funds.
SANCTION: The Council added nine ships to its sanctions list.
SANCTION: The minister was relieved of his duties.
REJECT: The supreme court of Kenya dismissed the challenge.
REJECT: South Sudan postponed the elections by two years.
REJECT: The Security Council failed to adopt a resolution on Mali.
COOPERATE: The two Koreas traded the remains of soldiers.
COERCE: Customs officers intercepted a cargo of rifles bound for Yemen.
COERCE: Soldiers surrounded the residence of the opposition leader in Kampala.
COERCE: A hacking group leaked thousands of e-mails of Albanian officials.
COERCE: Vietnam put a blogger on trial for his songs.
CONCEDE: Belarus waived visas for Poles.
CONSULT: Managers and unions at the copper mine will meet again on Friday.
CONSULT: Tram drivers will meet on Tuesday to consider the new rota.
REJECT: Midwives are fighting a cut in night pay.
ACCUSE: A Chadian singer claims he was barred from boarding the plane.
ACCUSE: The coroner claims she was a member of a smuggling ring.
ACCUSE: The ministry says the leaks were part of a criminal campaign by miners.
ACCUSE: Serbs say they hold the mayor personally responsible for the blaze.
REQUEST: The envoy says it is time for Togo to open its books.
REQUEST: We must bury the past, the bishop said.
REQUEST: Pressure is growing on the bishop to speak out.
AGREE: The vizier renewed his offer of talks with the hill tribes.
AGREE: Mali says it wants to ease tensions with Niger.
COERCE: The governor sent the widow away, and Israel has kept up a blockade on Gaza.
REJECT: The treasurer defended his handling of the loan.
REJECT: The senator killed the bill in committee.
AGREE: Kenya's president arrived on Monday. He said that he was ready to meet the rebel leader.
THREATEN: The European Union said Malta could face a fine.
THREATEN: Benin was given six weeks to end the raids.
THREATEN: The widow said legal action was planned against the ferry firm.
ASSAULT: The hijacked coaches were found in Oran.
ASSAULT: Batons and gas canisters were used on the pilgrims.
CONCEDE: Hanoi has withdrawn a new parking system.
CONCEDE: The clinic reinstated the nurses.
SANCTION: The liberals dumped him in favour of his sister, as the party had dumped her.
RETREAT: Ann Lund failed in her bid to run the port after stepping down as mayor.
MOBILIZE: Dutch troops are also on the ground in the valley.
MOBILIZE: Portugal has a total of 300 soldiers in Bangui.
MOBILIZE: The Greek navy was put on high alert.
AID: Crews have been flown in from Sweden.
COERCE: The guards did not let the reporters leave the pier.
COERCE: Peru has taken several steps against the sect.
CONSULT: The Lagos Water Summit is now set to get under way on Monday.
ACCUSE: Amnesty International says Kenyan soldiers tortured herders.
REQUEST: The Red Cross called on both sides to spare hospitals.
COOPERATE: Finnish police shared their files with Estonian investigators.
AGREE: The Malian premier said his door was open to the herders.
AGREE: The rebel spokesman said his group was open to a truce.
REJECT: The minister said he would not negotiate with the sect.
REJECT: The bishop said no to the surveyors.
REQUEST: The Kenyan envoy said it was up to the Serbs to reopen the road.
REQUEST: "It's important Lena Frank listens to the crofters," the senator said.
REQUEST: Barristers are seeking the release of the jailed monks.
ACCUSE: "We have been betrayed by the ministry," said the leader of the weavers.
ACCUSE: The bishop said it was a disgrace that the government had ignored the widows.
THREATEN: Nepal's leader said the country would respond to any attack with force.
THREATEN: "They will pay a heavy price," the rebel commander said.
THREATEN: Train drivers say they will strike unless the rota is changed.
CONSULT: The Belgian government is consulting its allies.
CONSULT: The two sides are to hold further talks in Doha next week.
CONSULT: The officials are meeting on Tuesday to discuss the dam.
CONSULT: The Japanese emperor arrived in Hanoi for a five-day visit.
SUPPORT: The senator said the mayor was right to close the jail.
MOBILIZE: The rebels are preparing an assault on the port.
ASSAULT: Soldiers fired into a crowd of mourners.
ACCUSE: Kenya says it holds Somalia directly responsible for the raids.
ACCUSE: The Peruvian government said it held the mining company responsible for the spill.
SANCTION: The Chadian government has decided to break off contacts with the rebels.
SANCTION: Norway has decided to expel two Russian diplomats.
ACCUSE: The consul sent letters of complaint to the mayor of Naples.
PROTEST: Miners have imposed an overtime ban in their campaign for better pay.
PROTEST: Teachers imposed bans on exam marking.
PROTEST: Nurses in Lagos walked off the job.
RETREAT: The rebels will surrender to the elders on Friday.
SUPPORT: The president expressed confidence in his finance minister.
REJECT: The minister defended his record.
REJECT: Police said there was no proof of fraud at the mill.
CONCEDE: The court cleared the editor of slander.
AID: Villagers cut off by the floods were airlifted to safety.
AGREE: The interior ministry guaranteed the safety of the herders.
AGREE: "We will rebuild every school," the minister vowed.
AGREE: Kenya said it would not hesitate to help Sudan.
CONCEDE: The party has softened its opposition to the dam.
CONSULT: The bank is in talks with Chinese investors.
CONSULT: Mr Lavrov wrapped up a two-day visit to Oman.
CONSULT: The Saudi prince dined with the French president.
COOPERATE: Denmark lent two frigates to the mission.
ACCUSE: The coroner said the airline was to blame for the fire.
ACCUSE: "The premier is shirking his duties," the senator said.
ACCUSE: The auditor warned that the ministry had wasted the grant.
REQUEST: The crofters are looking to the minister to act.
REQUEST: The mediator suggested that both sides release their captives.
THREATEN: "We will not hesitate to use force," the admiral said.
THREATEN: The union said it was prepared to take action over the rota.
PROTEST: Two monks chained themselves to a digger at the quarry.
MOBILIZE: Soldiers are on the streets of Kingston.
MOBILIZE: Chad has fortified its border posts.
AID: An aid convoy reached the islands of Vanuatu.
THREATEN: Nicaragua has been given nine days to free the bishops.
THREATEN: Kenya's trade minister said that tariffs on Ugandan sugar were being considered.
THREATEN: Military action remains on the table, the Omani government said.
REQUEST: The mayor of Oran came under pressure from grocers to resign.
SANCTION: The treasurer was voted off the island council in June.
ASSAULT: The crew of the trawler was taken prisoner by the Eritrean navy.
ACCUSE: The banker is wanted for embezzlement in Zagreb.
ACCUSE: The education secretary came under fire from teachers over the new exams.
ACCUSE: Latvia sent a letter of protest to the fishing council.
CONSULT: The two premiers held a working breakfast in Vilnius.
PROTEST: Striking dockers sang outside the minister's home in Haifa.
PROTEST: Rioting inmates held the roof of the jail in Recife.
MOBILIZE: Some 700 Marines are deployed near the town of Sirte.
AGREE: The Pentagon says it will continue to consult its allies.
AGREE: The brewery said it was committed to paying its debts.
SUPPORT: The nurse had been awarded a commendation.
ACCUSE: "Everyone knows that the mayor is a liar," the senator said.
ACCUSE: The Chadian envoy said: "They will see that the general is guilty of murder."
REJECT: "We do not accept this verdict," the lawyer said.
REJECT: The Serbian premier said it was impossible to accept the plan.
REJECT: "They do not allow to visit the jail," the barrister said.
REQUEST: Relatives of the dead are demanding answers from the airline.
THREATEN: Niger's president urged calm and will resign if the raids go on.
CONCEDE: The bosses gave in to the dockers.
CONCEDE: Beijing loosened its controls on foreign reporters.
COOPERATE: Omani and Saudi guards are jointly running the port.
ASSAULT: The decree sparked street battles in Lahore.
ASSAULT: The battle for Aleppo began in May.
ASSAULT: Two farmers were wounded by mortar fire in Gaza.
REQUEST: Party leaders demanded the president's resignation.
CONCEDE: After a year the window tax was scrapped.
AGREE: Gambia has been promised four ferries by Portugal.
ACCUSE: The liberals tabled a motion of no confidence in the speaker.
SUPPORT: Iceland granted citizenship to the cellist.
ASSAULT: A gang held two geologists for a month.
ACCUSE: Cyprus and Malta are at odds over the reef.
ACCUSE: The nurses claimed that they suffered torture in the barracks.
ACCUSE: The widow said the ministry had done nothing to mend the dyke.
ACCUSE: The premier said Chilean imports had caused mills to close.
REQUEST: The Omani premier called on the world to feed the herders.
THREATEN: The tenants threatened to sue the lender.
COERCE: The city hall banned a march planned by the weavers.
COOPERATE: The two navies held joint patrols in the strait.
SUPPORT: "Our thoughts are with the families," the Danish premier said.
AGREE: "We accept the findings," the bishop said.
RETREAT: Seven rebels laid down their rifles in the gorge.
RETREAT: The trawler, boarded by pirates off Benin, was freed.
COOPERATE: The two navies held joint exercises off Brunei.
CONSULT: Fishermen on a hunger strike in Lima were visited by the bishop.
ACCUSE: Bolivia has come in for criticism over its prisons.
PROTEST: Riggers walked out over pay.
AGREE: A timetable for the ferries was agreed in Suva.
AID: A navy helicopter winched three sailors from a yacht off Malta.
AID: The surgeons have operated on two of the wounded miners.
SANCTION: The steel company will cut 90 jobs.
CONSULT: There have been talks between the pilots and the ferry line since June.
SANCTION: The airline has stood down 60 engineers.
SANCTION: A dentist was struck off in Leeds.
COERCE: Troops took over the radio station in Bissau.
COERCE: The shipyard has locked out 70 workers.
ASSAULT: A fire bomb was thrown at a temple in Lille.
MOBILIZE: Road blocks and checkpoints were set up around Honiara.
MOBILIZE: Dutch marines have landed near Lorient.
MOBILIZE: The arrival of Chadian fighters in Birao alarmed the traders.
MOBILIZE: Riot police were called to the docks.
CONSULT: The chancellor leaves for Ankara today.
CONSULT: The pope is due in Havana on Sunday.
CONSULT: Growers and packers are meeting in Perth today to discuss water.
CONSULT: The union has called in the mayor and the bank to resolve the row.
CONSULT: The Dutch envoy is in Pristina to meet the rebels.
COOPERATE: Finnish and Estonian police are working together to track the ring.
ACCUSE: A woman will face court in Galway today over the fire at the barn.
ACCUSE: The growers' federation is unhappy with the new levy.
REQUEST: Lawyers in Kampala called for the charges to be dropped.
REJECT: The Maltese premier says there will be no inquiry.
THREATEN: Porters say they will walk out unless the canteen is reopened.
THREATEN: The skipper says he will sue the port.
ASSAULT: The home of the prosecutor was raked with gunfire.
COERCE: Soldiers forced the nuns off their farm.
AID: Blankets and vaccines were flown to the atoll.
REJECT: The treasurer laughed off rumours that he would go.
CONSULT: The Danish foreign minister flew into Tunis.
RETREAT: Tonga has recalled its soldiers from the peacekeeping force.
RETREAT: Protesters left the consulate building after a week.
AGREE: A plan for the harbour was agreed on Friday in Riga.
AGREE: The text was agreed between Peru and Chile.
RETREAT: A truce was agreed in Sanaa on Monday.
CONSULT: The mediator was sent to Juba by the African Union.
CONSULT: Norway sent its deputy foreign minister to Havana.
CONSULT: Gabon took part in negotiations with Chad in Libreville.
CONSULT: The sailors and the ferry line will take part in mediation on Sunday.
CONSULT: The Scottish government has called in the bus firm and drivers to try and settle the row.
CONSULT: A panel will meet next week to work on a new statute.
CONSULT: Senator Obi led a delegation to Lima.
CONSULT: Estonian premier Tiit Mets, on a visit to sailors at a naval base, praised the crew.
PROTEST: Hundreds of nurses converged on the square in Sofia to denounce the bill.
PROTEST: Students had massed near the ministry in Rabat.
COERCE: The ministry suspended the asylum claims of Burundian refugees.
COERCE: Malta put a freeze on visas for Russians.
SANCTION: Denmark put a freeze on aid to Niger.
MOBILIZE: Nigerian troop reinforcements have started arriving in Maiduguri.
MOBILIZE: Extra guards were drafted into Naples.
MOBILIZE: A unit of 30 marines has left for Djibouti.
MOBILIZE: He defended the sending of soldiers to Mali.
MOBILIZE: A hunt for the kidnappers is under way in Cebu.
ASSAULT: Air strikes were launched on Sirte overnight.
ASSAULT: Looting was widespread in Kingston.
ASSAULT: French bombing runs have ceased over Gao.
REQUEST: The lawyers of the club sought an assurance that the match would go ahead.
ACCUSE: The union took the matter to the labour tribunal.
ACCUSE: Drivers reacted angrily to the planned closure of the depot.
ACCUSE: Kenya is concerned at the fate of the sailors in Malabo.
ACCUSE: The union is concerned at the sacking of the nurses.
REJECT: Former president Sesay failed to appear in court in Freetown.
REJECT: The tanker ignored orders to halt off Oman.
REJECT: The colonel did not show up for his trial in Lome.
SUPPORT: President Vega sent a congratulatory telegram to Mrs Sow.
THREATEN: The admiral said Greece might step up its raids on the island.
THREATEN: Senator Holm said that unless the left gave way, the party would split.
RETREAT: The extra police were stood down in Cork.
ACCUSE: The lawyers say the hospital failed to warn the nuns.
THREATEN: The hockey federation said the club could face expulsion.
REJECT: The treasurer said there was no need to raise the levy.
COOPERATE: Interpol helped Ghanaian police to trace the masks.
AID: A Swiss foundation gave two million francs to a clinic in Goma.
ASSAULT: Saudi jets swooped on rebel camps near Taiz.
ASSAULT: Ethiopian bombers blasted positions outside Mekelle.
ASSAULT: Syrian tanks blasted the old city of Homs.
COERCE: Spanish police swooped on a flat in Bilbao and held two men.
ACCUSE: Detectives tried on Sunday to track down a lorry's owner.
AGREE: Brazil renewed its commitment to cut emissions.
SUPPORT: Germany reaffirmed its commitment to the alliance.
ACCUSE: Greece and the European Commission have clashed over debt relief.
ASSAULT: Armenia and Azerbaijan clashed on the border.
AID: There is relief with the arrival of 60 officers from Tasmania to help fight the floods.
AID: Rescue teams from Japan arrived in Taiwan after the earthquake.
AID: The army handed over rifles to the herders so they could defend their wells.
RETREAT: The rebels handed over their rifles to the elders.
REJECT: Poland defended itself against charges of neglect.
ASSAULT: Herders and farmers clashed in Benue.
ASSAULT: A car blast killed a couple in Naples.
MOBILIZE: Three warships arrived off the coast of Somalia.
AID: Fire crews from Slovenia arrived in Croatia to battle the blaze.
REQUEST: Forty sailors sought asylum in Malta.
ACCUSE: The senator came under attack for his remarks.
SANCTION: Three men were convicted of fraud in Perth.
ACCUSE: The plan was attacked by environmentalists.
ASSAULT: Turkish F-16s swooped on hideouts in the Qandil mountains.
"""
NO_EVENTS = """
The source refused to name the men.
The minister reminded householders that the service was free.
A boy suffered life-threatening injuries in a fall in Leeds.
The clerk assured the widow that they were all right.
Police sealed off the crash site near Perth.
The mayor has served two terms in New York.
Chad has entered a week of mourning for the drowned.
The patient's body rejected the kidney.
He escaped arrest in Lima.
Fans invaded the pitch in Cairo.
At no time did the minister ask Kenya for money.
Under no circumstances will the rebels attack Bamako.
Two miners injured themselves in Lyon.
The goalie beat the forward to the puck, and a second penalty before halftime hurt the hosts.
The river burst its banks and killed nine villagers.
A lorry hit a cyclist in Leeds.
The striker beat two defenders and shot wide.
Critics called the film a triumph.
The chef charged customers 40 euros.
The bakery opened its doors in May.
The club signed a goalkeeper from Porto.
She caught the train to Lille.
Neither side accepted the plan.
He had to leave the meeting early.
The visit could ease a rapprochement between Chad and Libya.
The grocer charged guests ten dollars.
Families were displaced by the floods.
Analysts expect oil prices to fall.
She grew up in Ohio and studied law.
The senator leads in most polls.
He has written three books about the war.
The economy shrank by two percent last year.
Turnout was low in the southern districts.
The show drew ten million viewers.
The general is a graduate of West Point.
The company raised its claim for insurance.
The penalty gave them the lead in the second half.
Film criticism is a dying art.
A bus crashed into a wall, killing six.
The storm knocked out power to thousands.
The bakery opened a second shop.
Sales of cars rose by a tenth.
The actor will star in a new film.
Her sons and their friends will meet for lunch on Friday.
He said it was time for lunch.
The hall manager said guests could face long queues.
The tailor wants to improve his relations with bees.
Shares stayed on the ground floor of the market.
The museum is open to visitors on Mondays.
The cook said it was up to the weather.
The storm threatened to close the museum.
The tailor said the tea had done little for his cold.
The gardener said she would leave early if it rained.
The skipper captured the Atlantic Cup in 2004 with a record run.
The Danish crew walked off with every prize.
The customer walked out of the shop with a lamp.
The letter had been received by the newspaper's reporter in Quetta.
The minister said the port is more important than ever.
President Ruto said the dam was now more urgent than ever.
Armed with a new app, farmers in Kenya now sell direct.
The retailer was battered by weak sales in China.
Thousands of villagers fled their homes in Ituri.
The general expressed confidence that the town would fall by Sunday.
The minister was confident that the economy would grow.
The hiker used his phone to raise the alarm.
Three options for a new bridge are to be investigated by the council.
Tourists invaded the island in August.
Children raided the fridge.
The lorry driver struck a wall.
Her body rejected the kidney.
The champion surrendered the lead.
The old mill was condemned.
The firm blamed the weather for its loss.
Voters punished the party at the polls.
The twins agreed to differ.
The body was released to the family.
Hundreds gathered in the square to remember the poet.
Two surfers were attacked by a shark off Perth.
Growers welcomed the rain.
The flood forced hundreds from their homes.
The waiter asked the guests to wait.
The guitarist quit the band.
The wrestler was banned for doping.
The virus attacks computers.
The navy celebrated its anniversary.
A fundraiser will be held in the chapel.
The board held its monthly meeting on Monday.
The pilot was killed when the glider came down in a field.
The climber was airlifted to a clinic in Denver.
The shuttle is taking the crew to the station.
The bishop died after a long battle with cancer.
The drug attacks cancer cells.
The tumour invaded the lung.
The river burst its banks and destroyed 300 houses.
He accidentally shot himself while cleaning his rifle.
The flu strain was isolated in a laboratory in Lyon.
Chickens are being culled at a farm in Poland.
Poisoned liquor killed 17 people in a slum.
The goalkeeper was sacked by Lyon after the semi-final.
The film opens with a raid on a bank.
In the second episode, the detective accuses the mayor of murder.
In his latest novel, a general invades Chad.
Gales pounded the port of Split on Friday.
The band stormed the charts in Germany.
The road was closed for two hours after the crash.
The chairman said each pupil had to choose a sport.
The president said there was no need for concern.
The minister said he had never seen so much snow.
Officials said there was no evidence of a leak.
The officials will provide more details on Monday.
The envoy wore a dark suit.
The sect's members do not accept blood transfusions.
The senator thanked his wife.
The baker said that growth was possible.
Guests were given nine days to pay the bill, a waiter said.
The choir was made welcome by the town.
Firefighters battled the blaze for two hours in Porto.
The mill was damaged by fire.
It was unclear whether any nurse was hurt or detained.
The tax is likely to provoke further protests.
The pool was closed because of a leak.
The boy was treated at a clinic and released.
The rower received an OBE in May.
The clinic lost its battle to stay open.
The duke is not opposed to the dam.
Nobody knows if the clerk was robbed or abducted.
All the neighbours are agreed that the stew is too salty.
The bakers failed to turn a profit.
The two sisters share the cost of a flat.
The geese landed near the pond.
Growers meet to drink and sing.
Guests gathered in Siena for the ball.
She is unhappy with her haircut.
The bakery said it may step up its output.
The minister will cut the ribbon.
The surgeon operated on a cat.
Thousands turned out to farewell the late cellist.
Fans gathered to watch the regatta.
The cook sprayed the pan with oil.
She failed to attend her cousin's wedding.
The hunt for a new choirmaster goes on.
The choir met to sing.
The aunt sent her niece a letter.
Hundreds of geese massed near the lake.
He led a group of tourists to Florence.
The council called in builders to mend the leak.
The minister said smugglers had found new ways to attack patrols.
The aides drummed up support for an invasion of Cuba.
A ringed eagle was found dead in a barn in Spain, still wearing a tracking device.
The comedy won the warm approval of the king of Spain.
The convoy was accompanied by three tanks.
Ms Larsen said she would contest the seat at the next poll.
The manager launched a bid to rescue the airline.
Many cleaners send money to their families.
Skiers were always instructed to stay on the marked runs.
In Madrid, relatives and mayors assembled at the burnt station.
Back-burning was conducted on Monday, with crews watching the ridge.
The premier told Sky News that the survey should not be ignored.
Thousands of supporters travelled to Berlin for the final.
The senator asked the minister whether the map was true.
The widow said she had hoped for a longer sentence.
A gas explosion killed a couple in Naples.
A plane flew from Nairobi to Juba.
The president met his wife at university.
The firm launched a bid for its rival.
The paper printed the names of convicted swindlers who had moved to Kent.
Norway has a new hostel for people seeking asylum.
The bishop said that he would not stand in her way.
The mayor launched an attack on waste.
Peru hoped that Chile would lift the ban.
The leader of the senate was accompanied by two aides.
An elephant trampled a farmer in Assam.
"""
HEADLINES = """
COERCE: Turkey jails 40 over unrest
SANCTION: US sanctions Chinese firms
CONCEDE: Court orders release of jailed editor
"""


def lines(block):
    return [line for line in block.splitlines() if line]


@pytest.fixture(scope="module")
def types(place_store, parse):
    """Return a function that gives the types of the events that a sentence tells."""

    def run(text: str) -> set[str]:
        doc = parse(text)
        article = Article(
            article_id=article_id(text), title="", text=text, published=date(2024, 3, 1)
        )
        events = code_events(article, geoparse(text, doc=doc, store=place_store), doc)
        return {event.event_type for event in events}

    return run


@pytest.mark.parametrize("line", lines(TOLD))
def test_what_a_verb_tells_is_coded_in_its_type(types, line):
    expected, _, text = line.partition(": ")
    assert expected in types(text)


@pytest.mark.parametrize("line", lines(HEADLINES))
def test_the_verb_of_a_headline_may_look_like_a_noun(types, line):
    expected, _, text = line.partition(": ")
    assert expected in types(text)


def test_a_war_that_somebody_is_charged_with_waging_is_no_deed_of_its_own(types):
    assert types("The clerk was charged with waging war against Thailand.") == {"ACCUSE"}


def test_what_a_verb_tells_by_a_noun_is_not_told_again_as_the_noun(types):
    assert types("The senator came under attack for his remarks.") == {"ACCUSE"}


def test_a_fight_against_a_disease_threatens_nobody(types):
    assert "THREATEN" not in types("The premier vowed to fight the disease.")


def test_what_is_asked_for_beside_something_else_is_not_told_as_done(types):
    told = types(
        "The king asked the envoy to press Russia, to end its raids and to lift the siege."
    )
    assert told == {"REQUEST"}


def test_a_condition_holds_for_what_is_joined_to_it(types):
    assert "REJECT" not in types("If the mayor denies the charges and rejects them, we will wait.")


def test_a_headline_without_a_verb_tells_no_sanction(types):
    assert types("US sanctions relief plan") == set()


def test_what_protesters_demand_is_part_of_their_protest(types):
    assert types("Hundreds marched through Goma and demanded weapons.") == {"PROTEST"}


def test_what_somebody_insists_on_is_not_told_as_done(types):
    assert types("The Omani envoy insisted that Chad withdraw its troops.") == {"REQUEST"}


def test_what_somebody_insists_that_they_have_is_no_demand(types):
    assert "REQUEST" not in types('She insisted: "I have nothing to hide."')


def test_a_warning_that_something_will_happen_asks_nothing_of_it(types):
    assert "REQUEST" not in types("The embassy in Oslo warned that prices would rise.")


@pytest.mark.parametrize("text", lines(NO_EVENTS))
def test_what_is_no_act_of_public_life_is_no_event(types, text):
    assert types(text) == set()


def test_what_a_court_says_shall_be_done_has_not_been_done(types):
    told = types("A court in Kano freed a widow whom another had sentenced to be whipped.")
    assert "ASSAULT" not in told
