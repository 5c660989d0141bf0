"""Sport: a pace attack, a yacht's protest and a captain's appeal are no acts of states."""

from __future__ import annotations

import pytest

IN_SPORT = """
Namibia's batsmen struggled on day two of the first Test. Its pace attack then took six wickets.
Opener Ruan Botes was dismissed for a duck after the captain won the toss. Kenya will resume at
    1 for 40.
Zimbabwe threatened to take the match away with the bat before the umpire rejected an appeal for
    lbw.
The cricket team agreed to a declaration after tea. The skipper demanded quick runs from his
    batsmen.
Fast bowler Ole Brandt was ruled out of the second Test with a hamstring injury, the coach said.
Uganda attacked from the first scrum. The rugby side was punished for offside in its own half.
The fly-half kicked three penalties as Tonga beat Samoa. The rugby coach defended his selection.
Italy's rugby captain said his pack would fight for every lineout against Georgia on Sunday.
The flanker was cited for a dangerous tackle. The rugby judiciary will announce its verdict on
    Monday.
Lock Finn Moss withdrew from the squad with a knee injury. The rugby coach urged his side to
    respond.
The striker fired Ghana ahead after an hour. Togo threatened from corners but the goalkeeper
    denied them.
Bolivia's football coach asked his players for patience. The side meets Peru in the quarter-
    final on Friday.
The midfielder rejected a new contract with the football club. The coach hopes to hold talks
    with his agent.
Rovers were denied a penalty by the referee. Their football manager hit out after the final whistle.
Goalkeeper Ann Rook saved two shots. Her football team dominated the league match and attacked
    throughout.
The soccer coach met the club's chairman about his contract. He wants more players before the
    season.
The tennis star fought back in the second set. She rejected advice from her coach and won the
    tournament.
The Swiss protested a line call. The tennis umpire overruled them and Chile led the Davis Cup tie.
Top seed Lena Voss was forced to retire from her tennis match. She blamed her shoulder injury.
The pair agreed to play doubles at Wimbledon. Tennis fitness coach Al Reyes supported the plan.
The golfer attacked the back nine. A birdie at the last put the Spaniard in the play-off with
    his rival.
Golf officials penalised the champion two strokes. She accepted the ruling and finished with a
    bogey.
The golfer threatened the course record but rejected a bold tee shot at the par-three final hole.
A protest by Red Gull may decide the yacht race. The skipper said her crew was impeded at the
    first mark.
The yacht was disqualified from the regatta after a protest. Her skipper accused the crew of
    Blue Heron.
The Finnish crew withdrew from the yacht race with a broken mast. The skipper asked for a tow.
The driver was penalised in the grand prix. His racing team will appeal and the stewards meet on
    Monday.
The racing driver clashed with his team-mate on lap nine. The team urged both to settle the
    championship.
The pole sitter was forced off on the opening lap. The driver demanded an answer from his racing
    team.
The sprinter withdrew from the relay. Her athletics coach rejected talk of a rift before the
    championships.
The marathon runner attacked at the last hill. She won the race and her coach praised the effort.
Jamaica were disqualified from the relay. Their athletics team appealed and the referee rejected it.
The swimmer rejected a place in the medley. Her coach supported her before the championships.
Swimming champion Ida Holm threatened her own record. The backstroke final is on Sunday.
The boxer knocked down the champion in round three. The heavyweight title bout was stopped by
    the referee.
The heavyweight called for a rematch. The champion's trainer dismissed the challenge after the bout.
Norway defeated Poland for the bronze medal. Its handball coach thanked the players for their fight.
The Olympic champion backed out of the final. Her gymnastics coach said the medal was never her
    goal.
The quarterback was sacked four times. The Hawks rallied in the last quarter and won the game.
The pitcher struck out six. The baseball team rallied in the ninth inning to beat its rival.
The goalie was beaten twice. The hockey team killed off a penalty and shot from the blue line.
Guard Joe Platt fired a three-pointer. The basketball coach wanted more defence from his players.
The jockey was suspended by the stewards. The trainer appealed and the gelding kept the cup.
The cyclist attacked on the climb. The peloton let him go and his team defended the lead.
Mali's coach named a young squad. He threatened to drop any player who misses training before
    the cup tie.
Fiji and Wales meet in the World Cup final on Saturday. Wales will attack the Fijian scrum.
England and Chile clash in the semi-final. Chile's captain warned her team of the wingers.
South Africa crashed out of the tournament after Cuba beat them. The coach took the blame.
The Bears fired their coach after a poor season. The team has lost nine games.
Full-back Sam Coe agreed a deal with the club. The striker Abel Roos had asked for a transfer.
The world champion accused his rival of slow play. The golfer later apologised in the clubhouse.
"""

NONE_THE_LESS = """
COERCE: Police arrested two batsmen of the cricket team after the Test match in Harare.
ASSAULT: Fans attacked the referee after the football match. The striker had missed a penalty.
ASSAULT: A bomb killed six spectators at a football match between two clubs of the league in Basra.
COERCE: The government of Sudan banned the football team from the tournament. The coach was not
    told.
PROTEST: Kenya's athletes boycotted the Olympic championships. The team's coach stayed at home.
PROTEST: Supporters rioted in Lima after the goalkeeper was sent off in the cup final.
ASSAULT: Gunmen shot at the bus of the cricket team near Lahore. The captain and a batsman were
    hurt.
CONSULT: Pakistan's president met India's prime minister in Delhi. Both watched a cricket match.
RETREAT: The sports minister of Norway resigned over the Olympic bid. The coach kept silent.
ACCUSE: The prosecutor charged the goalkeeper with bribery. He has played for the league champion.
REQUEST: The United Nations urged Israel to withdraw its troops. Talks go on like a tennis match.
THREATEN: Iran threatened to attack Iraq. The minister likened it to a football match with no
    referee.
SANCTION: The court jailed the boxer for three years. The heavyweight champion had beaten a waiter.
COERCE: Customs officers seized cocaine on a yacht near Madeira. The skipper and her crew were held.
AID: France sent blankets to Chad. Its football team wore black before the match against Spain.
AGREE: India and Pakistan agreed to reopen their border. A cricket series between the two may
    follow.
ACCUSE: The senator accused the president of lying. Their race is in its final round, a test of
    the team.
"""


def _texts(table: str) -> list[str]:
    """Return the texts of a table; an indented line goes on with the one before."""
    return table.strip().replace("\n    ", " ").splitlines()


@pytest.mark.parametrize("text", _texts(IN_SPORT))
def test_acts_of_a_game_are_no_events(code, text):
    told = [(event.event_type, event.quote) for event in code(text)]
    assert not told


@pytest.mark.parametrize("line", _texts(NONE_THE_LESS))
def test_what_police_crowds_and_governments_do_at_a_game_is_told(code, line):
    kind, text = line.split(": ", 1)
    assert kind in [event.event_type for event in code(text)]
