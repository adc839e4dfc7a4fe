// One mistake, one error that points at it: each case spoils the valid dataset in one place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "lodestone/dataset/dataset.hpp"
#include "valid_copy.hpp"

namespace lodestone::dataset {
namespace {

using ::testing::HasSubstr;

struct Mistake {
  std::string name;
  std::string file;
  std::string what, by;  // the first `what` becomes `by`
  std::string place;     // "file:line:column" of the first error
  std::string words;     // somewhere in its text
  std::string nearest;   // the name it proposes
  int errors = 1;        // in all
};

void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> list{
      // cells
      {"WrongUnit", "facilities.csv", "1200,t/yr", "1200,t/year", "facilities.csv:2:89", "a unit among", "t/yr"},
      {"CurrencyWithoutUnit", "prices.csv", "USD/kg", "GBP/kg", "prices.csv:2:17", "USD/t", ""},
      {"UnitOfAnotherKind", "freight.csv", "USD/kg", "t/yr", "freight.csv:2:15", "USD/t", ""},
      {"NegativeCapacity", "facilities.csv", "nameplate,,,1500,", "nameplate,,,-1500,", "facilities.csv:2:79",
       "-1500 t/yr", ""},
      {"NotANumber", "prices.csv", "2024,10,", "2024,nan,", "prices.csv:2:14", "'nan'", ""},
      {"Infinity", "freight.csv", "all,1,", "all,inf,", "freight.csv:2:13", "'inf'", ""},
      {"OverflowingNumber", "fx.csv", "7.2", "7e999", "fx.csv:2:10", "'7e999'", ""},
      {"DecimalComma", "fx.csv", "7.2", "\"7,2\"", "fx.csv:2:10", "a number above 0", ""},
      {"ZeroPrice", "prices.csv", "2024,10,", "2024,0,", "prices.csv:2:14", "above 0", ""},
      {"HalfAMonth", "processes.csv", "separation,1,", "separation,1.5,", "processes.csv:3:32", "whole number", ""},
      {"ShareAboveOne", "end_uses.csv", "motors,0.6", "motors,1.6", "end_uses.csv:2:15", "between 0 and 1", ""},
      {"PercentAboveAll", "compositions.csv", "25,percent", "250,percent", "compositions.csv:2:10", "250 percent", ""},
      {"PositiveElasticity", "end_uses.csv", "-0.2", "0.2", "end_uses.csv:2:19", "below 0", ""},
      {"ChokeBelowBasePrice", "end_uses.csv", "-0.6,20", "-0.6,0.5", "end_uses.csv:2:29", "above 1", ""},
      {"EmptyCell", "regions.csv", ",Île A,", ",,", "regions.csv:2:5", "nothing in column 'name'", ""},
      {"NumberWithoutUnit", "stocks.csv", ",30,t,", ",30,,", "stocks.csv:3:26", "nothing in column 'unit'", ""},
      {"UnknownWord", "products.csv", ",magnet,NdFeB", ",magnets,NdFeB", "products.csv:4:15", "mining, separation",
       "magnet"},
      {"UpperCaseId", "elements.csv", "other,other", "Other,other", "elements.csv:3:1", "lower-case", "", 2},
      {"RegionInLowerCase", "regions.csv", "XREST,", "rest,", "regions.csv:3:1", "alpha-3", "", 10},
      {"BadDate", "fx.csv", ",2024,,2024", ",2024-13,,2024", "fx.csv:2:38", "2024-05-31", ""},
      {"DayThatIsNot", "fx.csv", ",2024,,2024", ",2023-02-29,,2024", "fx.csv:2:38", "a date", ""},
      {"NoKnownFrom", "fx.csv", "2024,,2024", "2024,,", "fx.csv:2:44", "'known_from'", ""},
      {"ValidToBeforeFrom", "fx.csv", "2024,,2024", "2024,2023,2024", "fx.csv:2:43",
       "on or after valid_from 2024-01-01", ""},
      // sources
      {"RecalledWithHighConfidence", "facilities.csv", "toy\",low", "toy\",high", "facilities.csv:3:122",
       "low or assumed", ""},
      {"AssumptionWithMediumConfidence", "facilities.csv", "toy,assumed", "toy,medium", "facilities.csv:4:115",
       "assumed", ""},
      {"MistypedLabel", "facilities.csv", "recalled, unverified: toy", "recalled: toy", "facilities.csv:3:94",
       "from memory", "recalled, unverified:"},
      {"NoSource", "fx.csv", "toy figure", "", "fx.csv:2:22", "'source'", ""},
      {"UnknownConfidence", "fx.csv", "high", "higher", "fx.csv:2:33", "high, medium, low, assumed", "high"},
      // names
      {"DanglingRegion", "facilities.csv", "north\",ISA", "north\",ISS", "facilities.csv:2:24", "regions.csv", "ISA"},
      {"DanglingControl", "facilities.csv", "several,XREST", "several,XRES", "facilities.csv:4:37", "unknown control",
       "XREST"},
      {"DanglingProcess", "facilities.csv", "ISA,separate", "ISA,separat", "facilities.csv:3:23", "processes.csv",
       "separate"},
      {"DanglingProduct", "prices.csv", "magnet,XREST", "magnett,XREST", "prices.csv:4:1", "products.csv", "magnet"},
      {"DanglingElement", "compositions.csv", "oxide,ndpr", "oxide,ndr", "compositions.csv:4:7", "elements.csv",
       "ndpr"},
      {"DanglingGroup", "taxes.csv", "magnet,islands", "magnet,island", "taxes.csv:3:19", "groups.csv", "islands"},
      {"DanglingEndUse", "demand_shares.csv", "magnet,speakers", "magnet,speaker", "demand_shares.csv:4:8", "end use",
       "speakers"},
      {"GroupWithTheNameOfARegion", "groups.csv", "islands,The islands,ISA,toy figure,high,2020",
       "ISA,The islands,ISA,toy figure,high,2020", "groups.csv:2:1", "not a region's", ""},
      {"DuplicateFacility", "facilities.csv", "sep-a,", "mine-a,", "facilities.csv:3:1", "line 2", ""},
      {"DuplicatePrice", "trade.csv", "oxide,ISA,XREST,168,t/yr,toy figure,high,2024,,2024\n",
       "oxide,ISA,XREST,168,t/yr,toy figure,high,2024,,2024\noxide,ISA,XREST,90,t/yr,toy figure,high,2024,,2024\n",
       "trade.csv:3:1", "'oxide, ISA, XREST' again", ""},
      {"OverlappingMembership", "groups.csv", "2023-06,", "2024-06,", "groups.csv:3:1", "at any time", ""},
      // access classes
      {"AccessOfAnUnknownProduct", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnett,ISA,motors,XREST,0.5,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:6", "products.csv", "magnet"},
      {"AccessFromAnUnknownOrigin", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISS,motors,XREST,0.5,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:13", "regions.csv", "ISA"},
      {"AccessFromNowhere", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,all,motors,XREST,0.5,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:13", "a region or group, not all", ""},
      {"AccessForUsersNowhere", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motors,,0.5,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:17", "2 of end_use, users and use_share", ""},
      {"AccessForAnUnknownUse", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motorss,XREST,0.5,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:17", "end_uses.csv", "motors"},
      {"AccessThatNobodyAsksFor", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,,,,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n", "access_classes.csv:2:17",
       "nobody asks for", ""},
      {"AccessWithoutPlants", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motors,XREST,0.5,no,0,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:37", "above 0", ""},
      {"AccessThatLeaksMoreThanAll", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motors,XREST,0.5,no,0.5,0,1.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:43", "between 0 and 1", ""},
      {"AccessThatMayHold", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motors,XREST,0.5,maybe,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:34", "no, yes", ""},
      {"AccessWithNegativeCost", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motors,XREST,0.5,no,0.5,-1,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:2:41", "of at least 0", ""},
      {"AccessTwice", "access_classes.csv", "known_from\n",
       "known_from\nsafe,magnet,ISA,motors,XREST,0.5,no,0.5,0,0.1,0.5,toy "
       "figure,high,2024,,2024\nsafe,magnet,ISA,motors,XREST,0.5,no,0.5,0,0.1,0.5,toy figure,high,2024,,2024\n",
       "access_classes.csv:3:1", "'safe, magnet' again", ""},
      // between rows and files
      {"RecipeThatCreatesAnElement", "recipes.csv", "oxide,0.25", "oxide,0.26", "recipes.csv:4:23",
       "creates 0.01 t of 'ndpr'", ""},
      {"MiningWithInput", "recipes.csv", "mine,output", "mine,input", "processes.csv:2:1", "gives nothing", "", 2},
      {"WrongStage", "processes.csv", "making,magnet,", "making,finishing,", "recipes.csv:6:14",
       "of stage finishing makes 'magnet'", ""},
      {"ScrapFromMining", "products.csv", "ore,Ore,mining", "ore,Ore,recycling", "recipes.csv:2:13",
       "of stage mining makes 'ore' of stage recycling", ""},
      {"ConcentrateThatIsNotAllOxide", "compositions.csv", "other,0.75", "other,0.65", "compositions.csv:2:10",
       "sums to 0.9", ""},
      {"OutputAboveCapacity", "facilities.csv", "1500,1200", "1100,1200", "facilities.csv:2:84", "at most its capacity",
       ""},
      {"SuspendedAndRunning", "facilities.csv", "plant,operating,nameplate,,,1500", "plant,suspended,nameplate,,,1500",
       "facilities.csv:2:84", "0: only what operates", ""},
      {"OpenAndYetToOpen", "facilities.csv", "plant,operating,nameplate,,,1500",
       "plant,operating,nameplate,,2026-05,1500", "facilities.csv:2:78", "nothing: it is open", ""},
      {"OpenedBeforeTheStart", "facilities.csv", "plant,operating,nameplate,,,1500,1200",
       "plant,planned,nameplate,,2023-05,1500,0", "facilities.csv:2:76", "from the base year 2024 on", ""},
      {"OpeningOnADay", "facilities.csv", "plant,operating,nameplate,,,1500,1200",
       "plant,planned,nameplate,,2026-05-01,1500,0", "facilities.csv:2:76", "a year or a month", ""},
      {"UnknownStatus", "facilities.csv", "plant,operating,", "plant,opperating,", "facilities.csv:2:57",
       "operating, suspended, building, planned", "operating"},
      {"UnknownKindOfCapacity", "facilities.csv", "operating,nameplate,", "operating,rated,", "facilities.csv:2:67",
       "nameplate, permit, quota, output", ""},
      {"UnknownParent", "facilities.csv", "aggregate,operating,nameplate,,", "aggregate,operating,nameplate,press-y,",
       "facilities.csv:4:73", "unknown parent", "press-x"},
      {"ParentOfItself", "facilities.csv", "aggregate,operating,nameplate,,", "aggregate,operating,nameplate,press-x,",
       "facilities.csv:4:73", "part of itself", ""},
      {"ParentThatIsAPlant", "facilities.csv", "plant,operating,nameplate,,,1500",
       "plant,operating,nameplate,sep-a,,1500", "facilities.csv:2:77", "which is a plant", ""},
      {"ParentElsewhere", "facilities.csv", "plant,operating,nameplate,,,1500",
       "plant,operating,nameplate,press-x,,1500", "facilities.csv:2:77", "an aggregate in ISA", ""},
      {"ParentOfAnotherStage", "facilities.csv", "Separator A,ISA,separate,A Co,ISA,plant,operating,nameplate,",
       "Separator A,XREST,separate,A Co,ISA,plant,operating,nameplate,press-x", "facilities.csv:3:69",
       "an aggregate that makes what 'separate' makes", ""},
      {"CapexOfNothing", "construction.csv", "all,20,", "all,0,", "construction.csv:2:12", "above 0", ""},
      {"ConstructionOfAnUnknownStage", "construction.csv", "mining,all", "minig,all", "construction.csv:2:1",
       "separation", "mining"},
      {"ConstructionInHalfAMonth", "construction.csv", ",24,12,", ",24.5,12,", "construction.csv:2:22", "whole number",
       ""},
      {"RampUpBackwards", "construction.csv", ",24,12,", ",24,-12,", "construction.csv:2:25", "between 0 and 600", ""},
      {"LabourBelowNothing", "construction.csv", ",12,10,", ",12,-10,", "construction.csv:2:28", "of at least 0", ""},
      {"ConstructionTwice", "construction.csv", "mining,ISA", "mining,all", "construction.csv:3:1", "line 2", ""},
      {"PermitOfAnUnknownKind", "permits.csv", "mine,all", "mines,all", "permits.csv:2:1", "plant", "mine"},
      {"PermitThatNeverComes", "permits.csv", "all,30", "all,3000", "permits.csv:2:10", "between 0 and 600", ""},
      {"RiskOfNowhere", "country_risk.csv", "all,4", "ISB,4", "country_risk.csv:2:1", "ISA", "ISA"},
      {"RiskInTonnes", "country_risk.csv", "percent", "t", "country_risk.csv:2:7", "percent", ""},
      {"StakeInNothing", "stakes.csv", "mine-a,Says", "mine-b,Says", "stakes.csv:2:1", "facilities.csv", "mine-a"},
      {"StakesAboveTheWhole", "stakes.csv", "0.3,t/t", "0.5,t/t", "stakes.csv:2:20", "sum to 1.1 on 2024-01-01", ""},
      {"StakeTwice", "stakes.csv", "mine-a,Bank", "mine-a,Says Co", "stakes.csv:3:1", "line 2", ""},
      {"StakeOfANegativeShare", "stakes.csv", "0.3,t/t", "-0.3,t/t", "stakes.csv:3:19", "between 0 and 1", ""},
      {"ProcessingMoreThanIsMade", "facilities.csv", "50,40,", "90,80,", "products.csv:3:1", "makes 25", ""},
      {"SubstitutionInAnUnknownUse", "substitution.csv", "all,motors", "all,motor", "substitution.csv:3:5",
       "an end use of end_uses.csv", "motors"},
      {"SubstitutionOfMoreThanAll", "substitution.csv", "0.7", "1.7", "substitution.csv:4:12", "1.7", ""},
      {"GrowthOfAnUnknownEndUse", "demand_growth.csv", "all,motors,all,5", "all,motor,all,5", "demand_growth.csv:3:13",
       "an end use of end_uses.csv", "motors"},
      {"GrowthOfAnUnknownProduct", "demand_growth.csv", "central,magnet,", "central,magnets,", "demand_growth.csv:5:9",
       "products.csv", "magnet"},
      {"GrowthByPaths", "demand_growth.csv", "central,magnet,", "none,magnet,", "demand_growth.csv:5:1", "another name",
       ""},
      {"GrowthWithoutAUnit", "demand_growth.csv", "all,1,percent", "all,1,", "demand_growth.csv:2:23",
       "nothing in column 'unit'", ""},
      {"GrowthThatLeavesNothing", "demand_growth.csv", "all,1,percent", "all,-95,percent", "demand_growth.csv:2:21",
       "-95 percent", ""},
      {"PeriodsOfGrowthThatOverlap", "demand_growth.csv", "2025,2025,2026", "2024,2025,2026", "demand_growth.csv:7:1",
       "one row for it at any time", ""},
      {"FixedDemandBeyondSupply", "demand_totals.csv", "fixed,120", "fixed,150", "demand_totals.csv:3:13",
       "at most the 11", ""},
      {"FixedDemandWithoutQuantity", "demand_totals.csv", "fixed,120", "fixed,", "demand_totals.csv:3:13",
       "because the rule is 'fixed'", ""},
      {"EndUseSharesDoNotSum", "end_uses.csv", "speakers,0.4", "speakers,0.3", "end_uses.csv:2:15", "sum to 0.9", ""},
      {"RegionalSharesDoNotSum", "demand_shares.csv", "ISA,0.5", "ISA,0.4", "demand_shares.csv:2:19", "sum to 0.9", ""},
      {"FreightThatMissesAPair", "freight.csv", "all,all,all", "all,XREST,all", "products.csv:3:1",
       "no freight for 'oxide' from ISA to XREST", "", 2},
      {"CurrencyWithoutRate", "fx.csv", "CNY,2024", "CNY,2023", "prices.csv:3:25", "CNY of 2024", ""},
      {"RateUpsideDown", "fx.csv", "CNY/USD", "USD/CNY", "fx.csv:2:14", "CNY/USD", ""},
      {"UnlikePriceBases", "prices.csv",
       "magnet,XREST,2024,60000,USD/t,fob,excluded,excluded,nominal,N52,toy figure,high,"
       "2024,,2024\n",
       "magnet,XREST,2024,60000,USD/t,fob,excluded,excluded,nominal,N52,toy figure,high,2024,,2024\n"
       "magnet,XREST,2024,61000,USD/t,fob,excluded,excluded,real-2024,N52,another figure,high,2024,,2024\n",
       "prices.csv:5:53", "to be averaged with the nominal one in line 4", ""},
      {"FobWithImportDuty", "prices.csv", "fob,excluded,excluded", "fob,excluded,included", "prices.csv:4:44",
       "import duty", ""},
      {"UnknownBasis", "prices.csv", "nominal,N52", "real,N52", "prices.csv:4:53", "nominal, real-2024", ""},
      {"PriceKnownBeforeItsDate", "prices.csv", "2024,,2024-03", "2024,,2024-02", "prices.csv:3:91",
       "a known_from on or after its date", ""},
      {"PastPriceWithoutADeflator", "prices.csv", "magnet,XREST,2024,60000",
       "ore,ISA,2021,9000,USD/t,exw,excluded,"
       "excluded,nominal,concentrate,toy figure,high,2021,,2021\nmagnet,XREST,2024,60000",
       "prices.csv:4:47", "the index of 2021 and of 2024", ""},
      {"RateOfADay", "fx.csv", "CNY,2024,", "CNY,2024-05-31,", "fx.csv:2:5", "a year or a month", ""},
      {"RateTwice", "fx.csv", "CNY,2024,7.2,CNY/USD,toy figure,high,2024,,2024\n",
       "CNY,2024,7.2,CNY/USD,toy figure,high,2024,,2024\nCNY,2024,7.3,CNY/USD,other figure,high,2024,,2024\n",
       "fx.csv:3:1", "another known_from for a revision", ""},
      {"DeflatorWithoutItsBase", "deflator.csv", "2024,100,2024=100", "2024,100,2024", "deflator.csv:3:10",
       "such as 2024=100", ""},
      {"DeflatorsOfTwoBases", "deflator.csv", "2024,100,2024=100", "2024,250,1990=100", "deflator.csv:3:10",
       "the unit of every row", ""},
      {"DeflatorThatContradictsItsBase", "deflator.csv", "2024,100,", "2024,120,", "deflator.csv:3:6",
       "100, as the unit", ""},
      {"NoPriceOfTheBaseYear", "prices.csv", "2024,60000", "2023,60000", "products.csv:4:1",
       "of the base year 2024 or a month in it", ""},
      {"ProductWithoutPrice", "prices.csv", "ore,ISA,2024", "oxide,ISA,2024", "products.csv:2:1", "'ore' has no price",
       ""},
      {"TradeWithItself", "trade.csv", "ISA,XREST", "ISA,ISA", "trade.csv:2:11", "with itself", ""},
      {"GovernmentStockWithoutQuantity", "stocks.csv", "government,,30", "government,1,", "stocks.csv:3:22",
       "a government stock with cover", "", 2},
      {"ValueOutsideItsRange", "parameters.csv", "stock-rent,0.5", "stock-rent,1.5", "parameters.csv:2:12",
       "from its low 0.1", ""},
      // syntax
      {"UnknownColumn", "facilities.csv", "capacity,base_output", "capacity,base_outputs", "facilities.csv:1:81",
       "unknown column", "base_output"},
      {"MissingColumn", "regions.csv", "id,name,kind", "id,name", "regions.csv:1", "no column 'kind'", ""},
      {"ColumnTwice", "regions.csv", "id,name,kind", "id,name,kind,kind", "regions.csv:1:14", "second time", ""},
      {"TooManyFields", "facilities.csv", "\"Mine A, north\"", "Mine A, north", "facilities.csv:2:123", "22 fields",
       ""},
      {"QuoteNeverClosed", "arcs.csv", "toy figure", "\"toy figure", "arcs.csv:2:18", "never closed", ""},
      {"StrayQuote", "facilities.csv", "A Co,", "A \"Co\",", "facilities.csv:3:34", "quotes around the whole field",
       ""},
      {"NotUtf8", "regions.csv", "\xC3\x8E", "\xCE", "regions.csv:2:5", "0xCE", ""},
      {"NulByte", "regions.csv", "Rest", std::string("R\0st", 4), "regions.csv:3:8", "0x00", ""},
      // dataset.toml
      {"NewerSchema", "dataset.toml", "schema_version = 1", "schema_version = 2", "dataset.toml:1:18",
       "newer Lodestone", ""},
      {"OlderSchema", "dataset.toml", "schema_version = 1", "schema_version = 0", "dataset.toml:1:18", "docs/data.md",
       ""},
      {"SchemaAsText", "dataset.toml", "schema_version = 1", "schema_version = \"1\"", "dataset.toml:1:18",
       "the text '1'", ""},
      {"UnknownKey", "dataset.toml", "title =", "tittle =", "dataset.toml:1:1", "'title'", "", 2},
      {"BaseYearNotAmongThem", "dataset.toml", "base_year = 2024", "base_year = 2024\nbase_years = [2009, 2023]",
       "dataset.toml:4:13", "one of base_years: 2009, 2023", ""},
      {"BaseYearsAsText", "dataset.toml", "base_year = 2024", "base_year = 2024\nbase_years = [\"2024\"]",
       "dataset.toml:5:14", "a list of whole numbers", ""},
      {"BaseYearsNone", "dataset.toml", "base_year = 2024", "base_year = 2024\nbase_years = []", "dataset.toml:5:14",
       "a list of whole numbers", ""},
      {"BaseYearsFarAway", "dataset.toml", "base_year = 2024", "base_year = 2024\nbase_years = [2024, 24]",
       "dataset.toml:5:14", "between 1950 and 2150", ""},
      {"BaseYearsKnownOnNoDay", "dataset.toml", "base_year = 2024",
       "base_year = 2024\nbase_years = [2024]\nbase_years_known = [\"soon\"]", "dataset.toml:6:20", "a date", ""},
      {"BaseYearsKnownTooOften", "dataset.toml", "base_year = 2024",
       "base_year = 2024\nbase_years_known = [\"2025\", \"2026\"]", "dataset.toml:5:20", "1, one for each", ""},
      {"BrokenToml", "dataset.toml", "base_year = 2024", "base_year = ", "dataset.toml:4:13", "a TOML document", ""},
      {"KeyTwice", "dataset.toml", "title", "id", "dataset.toml:3:6", "a TOML document", ""},
  };
  return list;
}

class BrokenInput : public ::testing::TestWithParam<Mistake> {};

TEST_P(BrokenInput, IsPointedAt) {
  const Mistake& mistake = GetParam();
  const test::ValidCopy copy;
  ASSERT_TRUE(copy.replace(mistake.file, mistake.what, mistake.by));
  base::Diagnostics diagnostics;
  read(copy.path(), diagnostics);
  const auto& all = diagnostics.all();
  const auto first = std::find_if(all.begin(), all.end(),
                                  [](const base::Diagnostic& d) { return d.severity == base::Severity::error; });
  ASSERT_NE(first, all.end()) << "no error at all";
  std::string every;
  for (const auto& d : all) every += d.text() + "\n";
  EXPECT_EQ(first->place.text(), (copy.path() / mistake.place).string()) << every;
  EXPECT_THAT(first->text(), HasSubstr(mistake.words)) << every;
  EXPECT_EQ(first->nearest, mistake.nearest) << every;
  EXPECT_EQ(diagnostics.errors(), mistake.errors) << every;
}

INSTANTIATE_TEST_SUITE_P(Dataset, BrokenInput, ::testing::ValuesIn(mistakes()),
                         [](const auto& test) { return test.param.name; });

TEST(BrokenInputs, AreManyEnough) {
  EXPECT_GE(mistakes().size(), 80u);
}

}  // namespace
}  // namespace lodestone::dataset
